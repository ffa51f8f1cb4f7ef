import { Grant } from './Grant';

/** Below this many holes a list is not worth closing up. */
const MIN_HOLES = 64;

/**
 * Grants in the order of their sequence numbers, so that a page of a listing
 * starts where the one before has ended without reading what lies before it.
 */
export class OrderedGrants {
  #sequences: number[] = [];
  #grants: (Grant | undefined)[] = [];
  #holes = 0;

  get size(): number {
    return this.#grants.length - this.#holes;
  }

  /** Adds a grant, or replaces the one of the same sequence number. */
  put(grant: Grant): void {
    const last = this.#sequences.at(-1);
    if (last === undefined || last < grant.sequence) {
      this.#sequences.push(grant.sequence);
      this.#grants.push(grant);
      return;
    }
    const at = this.#placeOf(grant.sequence);
    if (this.#sequences[at] === grant.sequence) {
      if (!this.#grants[at]) this.#holes -= 1;
      this.#grants[at] = grant;
    } else {
      this.#sequences.splice(at, 0, grant.sequence);
      this.#grants.splice(at, 0, grant);
    }
  }

  delete(sequence: number): void {
    const at = this.#placeOf(sequence);
    if (this.#sequences[at] !== sequence || !this.#grants[at]) return;
    this.#grants[at] = undefined;
    this.#holes += 1;
    if (this.#holes > MIN_HOLES && this.#holes > this.#grants.length / 2) {
      this.#closeUp();
    }
  }

  /** From a sequence number on. */
  *from(sequence: number): Iterable<Grant> {
    for (let at = this.#placeOf(sequence); at < this.#grants.length; at++) {
      const grant = this.#grants[at];
      if (grant) yield grant;
    }
  }

  /** The first place that holds the sequence number or a higher one. */
  #placeOf(sequence: number): number {
    let low = 0;
    let high = this.#sequences.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sequences[middle] < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #closeUp(): void {
    const kept = this.#grants.filter((grant): grant is Grant => Boolean(grant));
    this.#grants = kept;
    this.#sequences = kept.map(({ sequence }) => sequence);
    this.#holes = 0;
  }
}
