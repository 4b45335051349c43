// Loaded into our processes before anything else: their clock reads as far ahead as the file says, in milliseconds.
import { readFileSync } from 'node:fs'

const file = process.env.CHAOS_CLOCK
const RealDate = Date
let ahead = 0
const look = () => {
  try {
    ahead = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    ahead = 0
  }
}
if (file !== undefined) {
  look()
  setInterval(look, 100).unref()
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(RealDate.now() + ahead)
      else super(...parts)
    }
    static now() {
      return RealDate.now() + ahead
    }
  }
}
