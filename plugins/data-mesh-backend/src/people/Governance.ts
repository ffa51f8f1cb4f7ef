import { NotAllowedError } from '@backstage/errors';
import type { Caller } from '../identity/Caller';

/**
 * Those who govern the whole mesh: `dataMesh.governance`, and nobody else. Its
 * auditors see what they see, and decide nothing.
 */
export class Governance {
  readonly #refs: readonly string[];
  readonly #auditorRefs: readonly string[];

  constructor(refs: readonly string[], auditorRefs: readonly string[] = []) {
    this.#refs = refs;
    this.#auditorRefs = auditorRefs;
  }

  /** Full references of users and groups. Empty: nobody governs. */
  get refs(): readonly string[] {
    return this.#refs;
  }

  isGovernance({ ownershipRefs }: Pick<Caller, 'ownershipRefs'>): boolean {
    return this.#refs.some(ref => ownershipRefs.includes(ref));
  }

  /** Whether the caller may see what belongs to others: governs, or audits. */
  seesAll(caller: Pick<Caller, 'ownershipRefs'>): boolean {
    return (
      this.isGovernance(caller) ||
      this.#auditorRefs.some(ref => caller.ownershipRefs.includes(ref))
    );
  }

  /**
   * For powers over what others hold, besides their permission.
   *
   * @param what - as in "Starting scans"
   * @throws NotAllowedError naming the config key
   */
  require(caller: Caller, what: string): void {
    if (!this.isGovernance(caller)) {
      throw new NotAllowedError(this.refusal(caller, what));
    }
  }

  /** Why the caller may not. */
  refusal({ userRef }: Caller, what: string): string {
    const who =
      this.#refs.length > 0
        ? `${this.#refs.join(', ')}; ${userRef} does not belong there`
        : 'nobody, because it is empty or not set';
    return `${what} is for data governance: dataMesh.governance names ${who}`;
  }
}
