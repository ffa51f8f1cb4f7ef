/** The principals and tables that writes are about which are not answered yet. */
export class WritesInFlight {
  readonly #counts = new Map<string, number>();

  /** Whether a write on any of these is not answered yet. */
  overlaps(keys: ReadonlySet<string>): boolean {
    return [...keys].some(key => this.#counts.has(key));
  }

  /** Counts a write in. The returned function counts it out. */
  begin(keys: ReadonlySet<string>): () => void {
    for (const key of keys) {
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    return () => {
      for (const key of keys) {
        const left = (this.#counts.get(key) ?? 0) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      }
    };
  }
}
