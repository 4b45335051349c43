import type { LanguageData } from './language-data.ts'

const NOTHING = { title: '', inner: '', numeric: '', maybe: '', final: '', starters: '', intro: '' } as const

/** Czech, Slovak, Hungarian, Slovene, Croatian, Estonian, Latvian, Norwegian …: ordinals with a full stop, little else known. */
export const ordinalLanguage: LanguageData = { ...NOTHING, ordinals: true }

export const finnish: LanguageData = {
  title: `hra rva nti tri prof dos maist tri fil`,
  inner: `esim ns mm ks vrt n noin so ent s os nyk eli`,
  numeric: `nro s ss art luku kuva puh kpl`,
  maybe: `eKr jKr Oy Ab jr sr`,
  final: `jne ym yms tms min km kg milj mrd klo`,
  starters: `Se Hän He Ne Tämä Nämä Tuo Ja Mutta Tai Kun Jos Vaikka Koska Myös Kuitenkin Sen Sitä Siellä Täällä Nyt Sitten Uudistus`,
  intro: `klo vuonna`,
  ordinals: true,
}

export const greek: LanguageData = {
  title: `κ κα κος δρ καθ αγ οδ λεωφ πλ στρ σμηναγ`,
  inner: `π.χ πχ δηλ βλ πρβλ λ.χ περ`,
  numeric: `αρ σελ σ αρθ παρ τόμ τηλ κεφ εικ`,
  maybe: `μ.Χ π.Χ Α.Ε Ε.Ε Η.Π.Α Ο.Η.Ε`,
  final: `κ.λπ κλπ κ.ά κτλ κ.τ.λ κ.α π.μ μ.μ εκ δισ χλμ`,
  starters: `Ο Η Το Οι Τα Τις Τους Ένας Μια Μία Ένα Αυτός Αυτή Αυτό Και Αλλά Όμως Αν Όταν Στο Στη Στην Στον Με Για Από Δεν Θα`,
  intro: `στις`,
  ordinals: false,
}

export const turkish: LanguageData = {
  title: `Dr Prof Doç Av Sn Alb Gen Org Yrd Uzm Hz`,
  inner: `örn bkz krş yani vb.n`,
  numeric: `no s sf md fık cilt`,
  maybe: `A.Ş Ltd Şti M.Ö M.S`,
  final: `vb vs vd km kg dk sn`,
  starters: `Bu Şu O Ve Ama Fakat Ancak Bir Onlar Biz Ben Sen Siz Daha Çok Her Bütün Nasıl Neden Ne Kim`,
  intro: `saat`,
  ordinals: true,
}

export const malayalam: LanguageData = { ...NOTHING, title: 'ഡോ ശ്രീ ശ്രീമതി പ്രൊഫ Dr Mr Mrs', ordinals: false }

export const hindi: LanguageData = { ...NOTHING, title: 'डॉ श्री श्रीमती प्रो कु पं', ordinals: false }

export const arabic: LanguageData = { ...NOTHING, title: 'د أ م أد', maybe: 'ص هـ', ordinals: false }

export const romanian: LanguageData = {
  title: `dl dna dra d-l d-na dr prof ing arh av gen col mr lt cpt pr sf acad conf lect str bd bdul al jud mun com sat et ap sc min
    pres`,
  inner: `de.ex d.ex ex cf vs ca aprox i.e incl max îndeosebi ș.cl`,
  numeric: `nr art alin lit pct pag p pp vol cap fig tab tel fax et ap bl
    ian feb mar apr iun iul aug sept oct nov dec`,
  maybe: `S.A S.R.L SRL î.Hr d.Hr î.e.n e.n S.U.A U.E O.N.U Inc Ltd Corp Co jr`,
  final: `etc ș.a ș.a.m.d a.m p.m h min sec km kg cm mm mld mil`,
  starters: `El Ea Ei Ele Noi Eu Tu Voi Acesta Aceasta Aceștia Acestea Un O Și Sau Dar Însă Iar Dacă Când Unde Cum Cine Ce Care De
    Pe La În Din Cu Fără Pentru Prin După Înainte Între Sub Peste Conform Potrivit Astăzi Ieri Mâine Aici Acolo Acum
    Apoi Atunci Totuși Toți Toate Mulți Multe Este Sunt Era Au A Nu Da Nimeni Nimic Fiecare Alți Alte`,
  intro: `la în din până pe`,
  ordinals: false,
}

export const vietnamese: LanguageData = {
  ...NOTHING,
  title: `TS ThS PGS GS BS LS KS TP Tp Ts Gs Q P H Đ Nxb NXB`,
  numeric: `tr t số`,
  final: `v.v vv`,
  ordinals: false,
}

export const indonesian: LanguageData = {
  title: `Jl Jln Tn Ny Sdr Sdri dr Dr Drs Dra Ir H Hj Prof Kol Letjen Mayjen Brigjen Kec Kab Kel Prov Gg Bpk Kapt`,
  inner: `dgn yg spt a.l mis sbb a.n u.p d.a`,
  numeric: `No no hlm hal Psl ps tel telp`,
  maybe: `PT Tbk S.H S.E M.M S.Pd M.Si S.Sos S.Ag`,
  final: `dll dsb dst tsb`,
  starters: `Dia Ia Mereka Kami Kita Saya Ini Itu Dan Tetapi Namun Pada Di Ke Dari Untuk Dengan Karena Jika Ketika Setelah
    Sebelum Menurut Sementara Selain Para Sebuah Seorang Hari Tidak Bukan Semua Banyak`,
  intro: `pada di pukul`,
  ordinals: false,
}

export const nothing: LanguageData = { ...NOTHING, ordinals: false }
