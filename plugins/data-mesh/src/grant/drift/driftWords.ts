import type {
  DriftItem,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** The parts of a grant that nobody approved: all of it, or what is more. */
export function unapprovedParts({ kind, grant }: DriftItem): ObservedGrant[] {
  if (!grant || kind !== 'excess') return [];
  const { because, grant: held } = grant;
  return because.more?.length ? because.more : [held];
}

/** What a part lets its principal do, by the strongest of it. */
export type Deed = 'everything' | 'passOn' | 'reads' | 'sees' | 'holds';

const EVERYTHING = new Set(['ALL', 'SUPER']);

/** The verb for what a part permits. Pure. */
export function deedOf({ permissions, grantable }: ObservedGrant): Deed {
  if (permissions.some(one => EVERYTHING.has(one))) return 'everything';
  if (permissions.length === 0 && grantable.length > 0) return 'passOn';
  const rest = permissions.filter(one => one !== 'DESCRIBE');
  if (rest.length === 0) return 'sees';
  return rest.every(one => one === 'SELECT') ? 'reads' : 'holds';
}

/** The principal that some drift is about. */
export const principalOfDrift = ({ grant, entitlement }: DriftItem) =>
  grant?.grant.principal ?? entitlement?.principal;

/** The products that some drift concerns. */
export const productsOfDrift = ({ productRefs, entitlement }: DriftItem) =>
  productRefs ?? (entitlement ? [entitlement.productRef] : []);
