import { once } from 'node:events'
import { createNews, type NewsLanguage } from './news.ts'

/** `node bench/memory-tmx.ts LANGUAGE UNITS` writes a TMX of synthetic news to stdout. */
const [, , language = 'en', units = '1000'] = process.argv
const news = createNews(language as NewsLanguage)
process.stdout.write(`<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="${language}"/><body>\n`)
const side = (locale: string, text: string): string => `<tuv xml:lang="${locale}"><seg>${text}</seg></tuv>\n`
for (let unit = 0; unit < Number(units); ) {
  let text = ''
  for (let n = 0; n < 500 && unit < Number(units); n++, unit++) {
    const source = news.sentence(unit)
    const head = `<tu tuid="${unit}" creationdate="20250809T200000Z" creationid="ann">\n<prop type="domain">news</prop>\n`
    text += `${head}${side(language, source)}${side('de', `Ü ${source}`)}</tu>\n`
  }
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
process.stdout.write('</body></tmx>\n')
