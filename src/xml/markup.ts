import { isSpace } from './names.ts'

/**
 * Where the mark-up ends that is no tag. Each function takes the text, the offset of its `<` and what to do with a
 * fault, and gives the offset behind its `>`.
 */
export type Fail = (message: string, offset: number) => never

export function endOfComment(text: string, start: number, fail: Fail): number {
  const dashes = text.indexOf('--', start + 4)
  if (dashes === -1) return fail('unexpected end: unclosed comment', start)
  if (text.charCodeAt(dashes + 2) !== GREATER) fail('malformed comment: -- inside', dashes)
  return dashes + 3
}

export function endOfCdata(text: string, start: number, fail: Fail): number {
  const end = text.indexOf(']]>', start + 9)
  return end === -1 ? fail('unexpected end: unclosed CDATA section', start) : end + 3
}

/** @param nameEnd the offset behind its target */
export function endOfInstruction(text: string, start: number, nameEnd: number, fail: Fail): number {
  const target = text.slice(start + 2, nameEnd)
  if (target.toLowerCase() === 'xml') {
    fail('an XML declaration must be at the start of the document', start)
  }
  if (target.includes(':')) fail(WRONG_TARGET, start)
  const end = text.indexOf('?>', nameEnd)
  if (end === -1) return fail('unexpected end: unclosed processing instruction', start)
  if (end !== nameEnd && !isSpace(text.charCodeAt(nameEnd))) fail(WRONG_TARGET, nameEnd)
  return end + 2
}

export function endOfDeclaration(text: string, start: number, fail: Fail): number {
  DECLARATION.lastIndex = start
  return DECLARATION.test(text) ? DECLARATION.lastIndex : fail('the XML declaration is malformed', start)
}

/** @returns undefined for a DOCTYPE that does more than name a DTD */
export function endOfDoctype(text: string, start: number, fail: Fail): number | undefined {
  for (let at = start + 9; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === LEFT_BRACKET) return undefined
    if (unit === GREATER) return text.slice(start, at).includes('[') ? undefined : at + 1
    if (unit !== DOUBLE && unit !== SINGLE) continue
    const quote = text.indexOf(text.charAt(at), at + 1)
    at = quote === -1 ? text.length : quote
  }
  return fail('unexpected end: unclosed DOCTYPE', start)
}

const WRONG_TARGET = 'disallowed character in the name of a processing instruction'
const [DOUBLE, SINGLE, GREATER, LEFT_BRACKET] = [0x22, 0x27, 0x3e, 0x5b]

/** XML 1.0 §2.8. A higher minor version is read by the same rules, as the fifth edition asks. */
const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y
