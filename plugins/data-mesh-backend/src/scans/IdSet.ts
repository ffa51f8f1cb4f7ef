/**
 * A set of whole numbers in eight bytes each: what a scan has seen of a hundred
 * thousand grants fits in less than a megabyte. Written first, read afterwards.
 */
export class IdSet {
  #ids = new Float64Array(1024);
  #size = 0;
  #isSorted = true;

  add(id: number): void {
    if (this.#size === this.#ids.length) {
      const larger = new Float64Array(this.#size * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[this.#size] = id;
    this.#size += 1;
    this.#isSorted = false;
  }

  has(id: number): boolean {
    if (!this.#isSorted) {
      this.#ids.subarray(0, this.#size).sort();
      this.#isSorted = true;
    }
    let low = 0;
    let high = this.#size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[middle];
      if (found === id) return true;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}
