type Entry<Value> = { readonly name: string; readonly value: Value }

/** Open elements. Every operation is linear over the life of the stack, whatever the nesting. */
export class NameStack<Value> {
  #entries: Entry<Value>[] = []
  #counts = new Map<string, number>()

  get top(): Entry<Value> | undefined {
    return this.#entries.at(-1)
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0
  }

  push(name: string, value: Value): void {
    this.#entries.push({ name, value })
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  pop(): void {
    const entry = this.#entries.pop()
    if (entry !== undefined) this.#counts.set(entry.name, (this.#counts.get(entry.name) ?? 1) - 1)
  }

  /** Closes the innermost element of that name with all that is open inside; nothing if there is none. */
  popTo(name: string): void {
    while (this.has(name)) {
      const found = this.top?.name === name
      this.pop()
      if (found) return
    }
  }

  clear(): void {
    this.#entries = []
    this.#counts.clear()
  }
}
