/** Remembers what looks that belong together have in common. */
export class TogetherLooks<T> {
  readonly #looks = new WeakMap<object, Map<string, Promise<T>>>();

  /**
   * @param together - the same object for looks that belong together; without
   *   it, nothing is remembered
   * @param key - the same for the same look
   */
  async once(
    together: object | undefined,
    key: string,
    look: () => Promise<T>,
  ): Promise<T> {
    if (!together) return look();
    const looks = this.#looks.get(together) ?? new Map<string, Promise<T>>();
    this.#looks.set(together, looks);
    const known = looks.get(key) ?? look();
    looks.set(key, known);
    try {
      return await known;
    } catch (error) {
      // The next one tries again.
      looks.delete(key);
      throw error;
    }
  }
}
