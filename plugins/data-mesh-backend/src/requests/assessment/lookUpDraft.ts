import { parseEntityRef } from '@backstage/catalog-model';
import {
  asPublished,
  factsOf,
  requestForOthersPermission,
  type OutputPort,
  type PortFacts,
  type RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundProduct } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import { hasPermission } from '../../permissions';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';
import type { PortStanding } from '../reach/sources';
import { portOf } from './validateRequest';
import type { AssessDeps } from './AssessDeps';
import type {
  AssessOptions,
  AssessedPrincipal,
  Assessment,
  SettledPrincipal,
} from './Assessment';

const CONSUMER_KINDS = ['dataproduct', 'component', 'system'];

/** The product and port as far as their facts are in force. */
export async function asPublishedNow(
  deps: AssessDeps,
  draft: RequestDraft,
  caller: Caller | undefined,
): Promise<{
  product?: FoundProduct;
  port?: OutputPort;
  standing?: PortStanding & { facts: PortFacts };
}> {
  const product = await deps.catalog.findProduct(
    draft.productRef,
    caller?.credentials,
  );
  const port = portOf(draft, product?.entity);
  if (!product || !port) return { product };
  const found = await deps.sources.published.find(
    product.productRef,
    port.name,
  );
  const facts = found.facts ?? factsOf(product.entity, port);
  const published = asPublished(product.entity, port, facts);
  return {
    standing: { ...found, facts },
    port: published.port,
    product: { ...product, entity: published.product },
  };
}

/**
 * The entitlement that a draft renews or amends, for those whom it serves:
 * whoever asked for it, and whoever may act as its principal.
 */
export async function entitlementAbout(
  deps: AssessDeps,
  { entitlementId }: RequestDraft,
  options: AssessOptions,
): Promise<{ found: FoundEntitlement; settled: SettledPrincipal } | undefined> {
  const { kind, settled } = options;
  if (entitlementId === undefined) return undefined;
  if (!['renew', 'amend', 'resume'].includes(kind)) return undefined;
  const found = await deps.entitlements.find(entitlementId);
  if (!found) return undefined;
  if (!('caller' in options)) return { found, settled: options.settled };
  const { caller } = options;
  const { principal, requesterRef } = found.entitlement;
  const mine = await deps.principals.availableTo(caller);
  const own = mine.find(one => one.id === principal.id);
  if (!own && requesterRef !== caller.userRef) return undefined;
  return { found, settled: settled ?? { principal, via: own?.via } };
}

/** The principals of a draft, and whether the caller may ask for them. */
export async function principalsOf(
  deps: AssessDeps,
  draft: RequestDraft,
  { product, provisioner }: Pick<Assessment, 'product' | 'provisioner'>,
  options: AssessOptions,
) {
  const { settled } = options;
  if (settled) {
    const { principal, via } = settled;
    const one: AssessedPrincipal = { id: principal.id, via, principal };
    return { principals: [one], facts: [{ readable: true, allowed: true }] };
  }
  if (!('caller' in options)) {
    throw new TypeError('A request that is judged again has its principal');
  }
  const { caller } = options;
  const ids = draft.principals ?? [];
  const mine = new Map(
    (await deps.principals.availableTo(caller)).map(one => [one.id, one]),
  );
  const forOthers =
    ids.some(id => !mine.has(id)) &&
    (await mayAskForOthers(deps, caller, product));
  const principals: AssessedPrincipal[] = [];
  const facts = ids.map(id => {
    const known = mine.get(id);
    const principal = provisioner?.readPrincipal(id);
    const allowed = forOthers || known !== undefined;
    principals.push({
      id,
      via: known?.via,
      ...(principal &&
        allowed && {
          principal: deps.principals.named(principal, known?.accountAlias),
        }),
    });
    return {
      // Without a provisioner nobody can tell; the port is the problem then.
      readable: !provisioner || principal !== undefined,
      allowed,
    };
  });
  return { principals, facts };
}

/** The permission, and governance or the product: whose access is given. */
async function mayAskForOthers(
  deps: AssessDeps,
  caller: Caller,
  product: FoundProduct | undefined,
): Promise<boolean> {
  const products = await deps.powers.among(
    caller,
    product ? [{ productRef: product.productRef }] : [],
  );
  const inPower =
    (product && products.has(product.productRef)) ||
    deps.powers.governance.isGovernance(caller);
  return (
    inPower &&
    hasPermission(deps.permissions, requestForOthersPermission, caller)
  );
}

/** The entity that uses the access, where the draft names one. */
export async function consumerOf(
  deps: AssessDeps,
  { consumerRef }: RequestDraft,
  caller: Caller,
) {
  if (consumerRef === undefined) return undefined;
  const ref = await deps.catalog.findConsumer(consumerRef, caller.credentials);
  if (!ref) return { fact: 'unknown' as const };
  const { kind } = parseEntityRef(ref);
  return CONSUMER_KINDS.includes(kind.toLocaleLowerCase('en-US'))
    ? { fact: 'found' as const, ref }
    : { fact: 'wrong-kind' as const };
}
