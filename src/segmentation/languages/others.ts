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

export const nothing: LanguageData = { ...NOTHING, ordinals: false }
