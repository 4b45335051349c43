import { say } from '../saying.ts'
import { type Check, hideCodes } from './check.ts'

/** `handles-differ`: an account name (`@nexta_live`) of the source is not in the target. Mail addresses are `urls-differ`. */
export const checkHandles: Check = ({ source, target }) => {
  if (!source.includes('@')) return []
  const found = new Set(handlesIn(target))
  return [...new Set(handlesIn(source))]
    .filter((handle) => !found.has(handle))
    .slice(0, 20)
    .map((handle) => ({
      check: 'handles-differ',
      ...say('The account {handle} of the source is not in the translation.', { handle }),
    }))
}

function handlesIn(text: string): readonly string[] {
  return (hideCodes(text).match(HANDLES) ?? []).map((handle) => handle.toLowerCase())
}

const HANDLES = /(?<![\p{L}\p{N}._%+/-])@\w{2,40}/gu
