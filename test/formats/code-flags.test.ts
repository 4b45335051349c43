import { describe, expect, it } from 'vitest'
import type { Format, InlineCode } from '../../src/domain/document.ts'
import { read } from './support.ts'

/** Each code's characters with its flags: `-` may be left out, `!` keeps its order. */
function flags(source: string, format: Format): string {
  const codes = read(source, format).units.flatMap((unit) => unit.codes)
  const mark = ({ deletable, reorderable, data }: InlineCode) =>
    `${data}${deletable === true ? '-' : ''}${reorderable === false ? '!' : ''}`
  return codes.map(mark).join(' ')
}

describe('codes that a translation may leave out, or must keep in order', () => {
  it.each([
    [
      '<p>a <b>x</b> <i>x</i> <em class="k" lang=de>x</em> y',
      '<b>- </b>- <i>- </i>- <em class="k" lang=de>- </em>-',
    ],
    ['<p>a <a href=x>x</a> <img src=x> <code>x</code> y', '<a href=x> </a> <img src=x> <code>x</code>'],
    ['<p>a <sub>x</sub> <del>x</del> <q>x</q> y', '<sub> </sub> <del> </del> <q> </q>'],
    ['<p>a<br>b<wbr>c', '<br>- <wbr>-'],
    [
      '<p>a <b id=x>x</b> <b data-x>x</b> <b title="id=1">x</b>y',
      '<b id=x> </b> <b data-x> </b> <b title="id=1">- </b>-',
    ],
    [
      '<p>a <b onclick="x()">x</b> <b @click=x>x</b> <b\nid>x</b> y',
      '<b onclick="x()"> </b> <b @click=x> </b> <b\nid> </b>',
    ],
    // An element without text is an icon; pairs are what both their elements are; halves stay.
    ['<p>a <i class="fa"></i> b', '<i class="fa"></i>'],
    ['<p>a <b><i>x</i></b> <a href=x><b>x</b></a> b', '<b><i>- </i></b>- <a href=x><b> </b></a>'],
    ['<p>a <b>x y</p><p>z</b> a', '<b> </b>'],
    [
      '<p>a <x-y>x</x-y> <!-- c --> b<sup><a href="#1">1</a></sup> c',
      '<x-y> </x-y> <!-- c --> <sup><a href="#1">1</a></sup>',
    ],
  ])('in HTML: %s', (source, expected) => {
    expect(flags(source, 'html')).toBe(expected)
  })

  it.each([
    ['a *x* **x** ~~x~~ y', '*- *- **- **- ~~ ~~'],
    [
      'a [x](u) ![x](u) `x` <https://a.example> y[^1]\n\n[^1]: n',
      '[ ](u) ![x](u) `x` <https://a.example> [^1]',
    ],
    ['a\\\nb <b>x</b> <br> <b id=x>x</b> y', '\\\n- <b>- </b>- <br>- <b id=x> </b>'],
    ['a [***x***](u) y ***x*** z', '[*** ***](u) ***- ***-'],
  ])('in Markdown: %s', (source, expected) => {
    expect(flags(source, 'markdown')).toBe(expected)
  })

  it.each([
    ['%s of %d', '%s! %d!'],
    ['%2$s of %1$d, %(name)s', '%2$s %1$d %(name)s'],
    ['{} of {}, {:d}', '{}! {}! {:d}!'],
    ['{0} of {name} and {{x}}', '{0} {name} {{x}}'],
    ['{{#each x}}a{{else}}b{{/each}} c', '{{#each x}}! {{else}}! {{/each}}!'],
    ['%d%% of %{n}', '%d! %%- %{n}'],
    ['a <b>x</b> <a href=x>y</a> b', '<b>- </b>- <a href=x> </a>'],
  ])('in strings of programs: %s', (text, expected) => {
    const json = JSON.stringify({ title: text })
    expect(flags(json, 'json')).toBe(expected)
    expect(flags(`title: ${JSON.stringify(text)}\n`, 'yaml')).toBe(expected)
    expect(flags(`msgid ""\nmsgstr ""\n\nmsgid "${text}"\nmsgstr ""\n`, 'po')).toBe(expected)
    expect(flags(`text\n"${text}"\n`, 'csv')).toBe(expected)
  })

  it('in JSON: references are text, spelled otherwise', () => {
    expect(flags('{"title":"a&nbsp;b &rsquo;c"}', 'json')).toBe('&nbsp;- &rsquo;-')
  })

  it('in subtitles', () => {
    const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`
    expect(flags(srt('a <i>b</i> <font color=x>c</font> {\\i1}d{\\i0} {\\an8}e'), 'srt')).toBe(
      '<i>- </i>- <font color=x>- </font>- {\\i1}- {\\i0}- {\\an8}',
    )
    expect(flags(srt('a\n- b'), 'srt')).toBe('- ')
    const vtt = (text: string) => `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`
    expect(flags(vtt('a <c.loud.x>b</c> <lang de>c</lang> <00:01.500>d <v Mia>e'), 'vtt')).toBe(
      '<c.loud.x>- </c>- <lang de>- </lang>- <00:01.500>! <v Mia>',
    )
  })

  it('in plain text: none is free', () => {
    expect(flags('a \ue001 b', 'text')).toBe('\ue001')
  })
})
