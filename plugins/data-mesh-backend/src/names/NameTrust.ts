/** What kind of thing trusts a name. */
export type TrustKind =
  | 'product'
  | 'domain'
  | 'request'
  | 'entitlement'
  | 'config'
  | 'place'
  | 'claim'
  | 'publication';

/** One thing that trusts a name: the name gives power over it. */
export interface Trust {
  kind: TrustKind;
  /** As in "owner of Orders". */
  words: string;
  /**
   * Who may read the words. Others learn only how many there are: everybody,
   * nobody, or those who may see the entity of the reference.
   */
  readableBy: 'everybody' | 'nobody' | { whoSees: string };
  /** How many things the words stand for. Default: 1. */
  count?: number;
}

/** A name with one thing that trusts it. */
export interface TrustedName {
  /** Full entity reference, lower case. */
  ref: string;
  trust: Trust;
}

/**
 * Finds what trusts names. Each kind of record brings its own.
 *
 * @param refs - only these; left out, every name that is trusted
 */
export type NameTrust = (
  refs?: readonly string[],
) => Promise<readonly TrustedName[]>;

/** Nouns for counting what may not be read. */
export const trustNouns: { [K in TrustKind]: string } = {
  product: 'data product',
  domain: 'domain',
  request: 'access request',
  entitlement: 'entitlement',
  config: 'configuration entry',
  place: 'place',
  claim: 'claim of a place',
  publication: 'publication',
};
