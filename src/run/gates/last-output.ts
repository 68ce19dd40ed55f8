/** Keeps the last bytes of what a command prints. */
export class LastOutput {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #kept = 0;
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    while (this.#kept - this.#chunks[0]!.length >= this.#limit) {
      const { length } = this.#chunks.shift()!;
      this.#kept -= length;
      this.#dropped += length;
    }
  }

  /** The last bytes as text, not more than the limit; when some are missing, a first line says how many. */
  text(): string {
    const all = Buffer.concat(this.#chunks);
    let start = Math.max(0, all.length - this.#limit);
    // Not in the middle of a character: UTF-8 continues with 10xxxxxx.
    while (start > 0 && start < all.length && (all[start]! & 0xc0) === 0x80) start++;
    const missing = this.#dropped + start;
    return (missing > 0 ? `[… ${missing} bytes before this]\n` : '') + all.toString('utf8', start);
  }
}
