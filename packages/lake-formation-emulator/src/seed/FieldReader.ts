const SEED = "The emulator's seed";

/** Reads fields of untyped data and says where and why one is wrong. */
export class FieldReader {
  readonly path: string;
  readonly #subject: string;
  readonly #data: Record<string, unknown>;

  /**
   * @param subject - what is read, as errors shall call it
   */
  constructor(data: unknown, path: string, subject = SEED) {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw wrong(path, 'an object', data, subject);
    }
    this.path = path;
    this.#subject = subject;
    this.#data = data as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#data[name] !== undefined;
  }

  /** The names of all fields. */
  names(): string[] {
    return Object.keys(this.#data);
  }

  /** Refuses fields that nobody will read: most often they are misspelt. */
  onlyKnows(names: readonly string[]): void {
    const unknown = Object.keys(this.#data).find(key => !names.includes(key));
    if (unknown !== undefined) {
      throw new TypeError(
        `${this.#subject} has the unknown field ${this.#at(
          unknown,
        )}; known are ${names.join(', ')}`,
      );
    }
  }

  text(name: string, pattern?: RegExp, expected = 'a text'): string {
    const value = this.#data[name];
    if (
      typeof value !== 'string' ||
      value === '' ||
      (pattern && !pattern.test(value))
    ) {
      throw this.#wrong(name, expected, value);
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  flag(name: string): boolean {
    const value = this.#data[name] ?? false;
    if (typeof value !== 'boolean') {
      throw this.#wrong(name, 'true or false', value);
    }
    return value;
  }

  integer(name: string, min: number, max: number): number | undefined {
    const value = this.#data[name];
    if (value === undefined) return undefined;
    const isInRange =
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= min &&
      value <= max;
    if (!isInRange) {
      throw this.#wrong(name, `a number from ${min} to ${max}`, value);
    }
    return value;
  }

  /** A list of texts; empty where the field is left out. */
  texts(name: string, pattern?: RegExp, expected = 'a text'): string[] {
    return this.list(name, (value, path) => {
      if (
        typeof value !== 'string' ||
        value === '' ||
        (pattern && !pattern.test(value))
      ) {
        throw wrong(path, expected, value, this.#subject);
      }
      return value;
    });
  }

  textMap(name: string): Record<string, string> | undefined {
    if (!this.has(name)) return undefined;
    const map = this.object(name);
    return Object.fromEntries(
      Object.keys(map.#data).map(key => [key, map.text(key)]),
    );
  }

  /** A number, whole or not, that must be there. */
  requiredNumber(name: string, min: number): number {
    const value = this.#data[name];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < min) {
      throw this.#wrong(name, `a number from ${min} on`, value);
    }
    return value;
  }

  list<T>(name: string, read: (value: unknown, path: string) => T): T[] {
    const value = this.#data[name] ?? [];
    if (!Array.isArray(value)) {
      throw this.#wrong(name, 'a list', value);
    }
    return value.map((entry, i) => read(entry, `${this.#at(name)}[${i}]`));
  }

  objects<T>(name: string, read: (fields: FieldReader) => T): T[] {
    return this.list(name, (value, path) =>
      read(new FieldReader(value, path, this.#subject)),
    );
  }

  object(name: string): FieldReader {
    return new FieldReader(this.#data[name], this.#at(name), this.#subject);
  }

  /** An object of any fields. */
  plain(name: string): object {
    const { [name]: value } = this.#data;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.#wrong(name, 'an object', value);
    }
    return value;
  }

  raw(name: string): unknown {
    return this.#data[name];
  }

  #wrong(name: string, expected: string, found: unknown): TypeError {
    return wrong(this.#at(name), expected, found, this.#subject);
  }

  #at(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }
}

/** An error that names the field, what was found and what was expected. */
export function wrong(
  path: string,
  expected: string,
  found: unknown,
  subject = SEED,
): TypeError {
  return new TypeError(
    `${subject} is wrong at ${
      path || 'its root'
    }: expected ${expected}, found ${
      found === undefined ? 'nothing' : JSON.stringify(found)
    }`,
  );
}
