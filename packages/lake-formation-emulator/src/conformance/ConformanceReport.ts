/** A case that an endpoint does not support, and what it said. */
interface Missing {
  readonly operation: string;
  readonly name: string;
  readonly reason: string;
}

/** Counts how an endpoint did. */
export class ConformanceReport {
  readonly #url: string;
  readonly #missing: Missing[] = [];
  #held = 0;
  #failed = 0;

  constructor(url: string) {
    this.#url = url;
  }

  get missing(): readonly Missing[] {
    return this.#missing;
  }

  holds(): void {
    this.#held += 1;
  }

  fails(): void {
    this.#failed += 1;
  }

  lacks(operation: string, name: string, reason: string): void {
    this.#missing.push({ operation, name, reason });
  }

  summary(): string {
    const lines = this.#missing.map(
      ({ operation, name, reason }) =>
        `  not supported: ${operation} ${name} (${reason})`,
    );
    return [
      `Conformance of ${this.#url}: ${this.#held} cases hold, ${
        this.#failed
      } fail, ${this.#missing.length} are not supported`,
      ...lines,
    ].join('\n');
  }
}
