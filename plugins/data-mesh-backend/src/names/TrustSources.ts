import type { NameTrust, TrustedName } from './NameTrust';

/**
 * Everything that trusts names. Parts of the plugin that keep records of their
 * own add theirs, so that this folder need not know their tables.
 */
export class TrustSources {
  readonly #sources: NameTrust[];

  constructor(sources: NameTrust[] = []) {
    this.#sources = [...sources];
  }

  add(source: NameTrust): void {
    this.#sources.push(source);
  }

  /** @param refs - only these; left out, every name that is trusted */
  async trusted(refs?: readonly string[]): Promise<readonly TrustedName[]> {
    const found = await Promise.all(this.#sources.map(source => source(refs)));
    return found.flat();
  }
}
