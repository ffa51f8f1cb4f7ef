/** Reads fields of untyped data and says where and why one is wrong. */
export class FieldReader {
  readonly path: string;
  readonly #data: Record<string, unknown>;

  constructor(data: unknown, path: string) {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw wrong(path, 'an object', data);
    }
    this.path = path;
    this.#data = data as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#data[name] !== undefined;
  }

  /** Refuses fields that nobody will read: most often they are misspelt. */
  onlyKnows(names: readonly string[]): void {
    const unknown = Object.keys(this.#data).find(key => !names.includes(key));
    if (unknown !== undefined) {
      throw new TypeError(
        `The emulator's seed has the unknown field ${this.#at(
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
      throw wrong(this.#at(name), expected, value);
    }
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  flag(name: string): boolean {
    const value = this.#data[name] ?? false;
    if (typeof value !== 'boolean') {
      throw wrong(this.#at(name), 'true or false', value);
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
      throw wrong(this.#at(name), `a number from ${min} to ${max}`, value);
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
        throw wrong(path, expected, value);
      }
      return value;
    });
  }

  textMap(name: string): Record<string, string> | undefined {
    if (!this.has(name)) return undefined;
    const map = new FieldReader(this.#data[name], this.#at(name));
    return Object.fromEntries(
      Object.keys(map.#data).map(key => [key, map.text(key)]),
    );
  }

  list<T>(name: string, read: (value: unknown, path: string) => T): T[] {
    const value = this.#data[name] ?? [];
    if (!Array.isArray(value)) {
      throw wrong(this.#at(name), 'a list', value);
    }
    return value.map((entry, i) => read(entry, `${this.#at(name)}[${i}]`));
  }

  objects<T>(name: string, read: (fields: FieldReader) => T): T[] {
    return this.list(name, (value, path) => read(new FieldReader(value, path)));
  }

  object(name: string): FieldReader {
    return new FieldReader(this.#data[name], this.#at(name));
  }

  raw(name: string): unknown {
    return this.#data[name];
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
): TypeError {
  return new TypeError(
    `The emulator's seed is wrong at ${
      path || 'its root'
    }: expected ${expected}, found ${
      found === undefined ? 'nothing' : JSON.stringify(found)
    }`,
  );
}
