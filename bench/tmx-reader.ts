import { streamTmx } from '../src/exchange/tmx-stream.ts'

/** `node bench/tmx-reader.ts make MEGABYTES` writes a TMX to stdout; without it, reads one from stdin. */
const [, , mode, megabytes = '500'] = process.argv

if (mode === 'make') {
  process.stdout.write('<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n')
  let bytes = 0
  for (let unit = 0; bytes < Number(megabytes) * 1e6; ) {
    let text = ''
    for (let n = 0; n < 500; n++) text += makeUnit(unit++)
    const block = Buffer.from(text)
    bytes += block.length
    if (!process.stdout.write(block)) await new Promise((drained) => process.stdout.once('drain', drained))
  }
  process.stdout.write('</body></tmx>\n')
} else {
  let bytes = 0
  let units = 0
  const began = performance.now()
  const onBytes = (read: number): void => {
    bytes = read
  }
  for await (const _ of streamTmx(process.stdin, { onBytes })) units++
  const { maxRSS, userCPUTime } = process.resourceUsage()
  const seconds = (performance.now() - began) / 1000
  const report = { bytes, units, seconds, peakMb: Math.round(maxRSS / 1024), cpuSeconds: userCPUTime / 1e6 }
  console.log(JSON.stringify(report))
}

/** A sentence in two languages with a pair of codes in every third. */
function makeUnit(unit: number): string {
  const coded = unit % 3 === 0
  const open = coded ? '<bpt i="1" x="1">&lt;b&gt;</bpt>' : ''
  const close = coded ? '<ept i="1">&lt;/b&gt;</ept>' : ''
  const english = `Sentence number ${unit}: the strike committee met &amp; talked about ${open}the next day${close}.`
  const russian = `Предложение номер ${unit}: забастовочный комитет обсудил ${open}следующий день${close}.`
  const side = (locale: string, text: string): string =>
    `<tuv xml:lang="${locale}"><seg>${text}</seg></tuv>\n`
  const head = `<tu tuid="${unit}" creationdate="20200809T200000Z" creationid="ann">\n<prop type="domain">news</prop>\n`
  return `${head}${side('en', english)}${side('ru', russian)}</tu>\n`
}
