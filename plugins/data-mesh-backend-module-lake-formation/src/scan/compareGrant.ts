import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantComparison,
  GrantGrounds,
  LiveStep,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  Access,
  NO_ACCESS,
  extentOf,
  isNoAccess,
  isSameAccess,
  lackingAccess,
  uniteAccess,
} from '../lake/access';
import { Grant, ResourceAccess } from '../lake/grant';
import { AccessByResource, readHeld } from '../lake/held';
import { granteeKey, resourceKey } from '../lake/keys';
import { partsOf, readObserved } from '../lake/observed';
import { readGrantCall } from '../steps/grants/GrantCall';
import { GRANT_PERMISSIONS } from '../steps/grants/describeGrant';
import { broughtOn } from '../steps/grants/remainder';

/** What a step has to do with one grant. */
interface StepShare {
  /** What it wants there, whoever has put it there. */
  wanted: Access;
  /** What of that it has put there itself. */
  brought: Access;
}

const NOTHING: StepShare = { wanted: NO_ACCESS, brought: NO_ACCESS };

/**
 * How a listed grant compares with what could stand behind it. Steps that want
 * to take something away explain nothing. Pure.
 */
export function compareGrant(
  observed: ObservedGrant,
  { steps, adopted = [] }: GrantGrounds,
): GrantComparison {
  const grant = readObserved(observed, '');
  const shares = steps.map(step => shareOf(step, grant));
  const wanted = shares
    .map(share => share.wanted)
    .reduce(uniteAccess, NO_ACCESS);
  const brought = shares
    .map(share => share.brought)
    .reduce(uniteAccess, NO_ACCESS);
  const stays = adopted
    .map(one => adoptedOf(one, observed, grant))
    .reduce(uniteAccess, NO_ACCESS);
  const unexplained = lackingAccess(grant.access, uniteAccess(wanted, stays));
  return {
    steps: shares.map(share => ({
      brought: extentOf(grant.access, share.brought),
      wanted: extentOf(grant.access, share.wanted),
    })),
    brought: extentOf(grant.access, brought),
    wanted: extentOf(grant.access, wanted),
    adopted: extentOf(grant.access, stays),
    unexplained: isSameAccess(unexplained, grant.access)
      ? [observed]
      : partsOf(observed, unexplained),
  };
}

/** A step as grants are compared with it. */
interface ReadStep {
  grantee: string;
  wants: ReadonlyMap<string, ResourceAccess>;
  before: AccessByResource;
}

/** A step of a thousand tables is compared with as many grants, and read once. */
const readSteps = new WeakMap<LiveStep, ReadStep>();

function readLive(live: LiveStep): ReadStep {
  const known = readSteps.get(live);
  if (known) return known;
  const call = readGrantCall(live.step);
  const read: ReadStep = {
    grantee: granteeKey(call),
    wants: new Map(call.wants.map(want => [resourceKey(want.resource), want])),
    before: readHeld(live.baseline),
  };
  readSteps.set(live, read);
  return read;
}

/** What a step wants of what a grant is on, and has brought. */
export function shareOf(live: LiveStep, grant: Grant): StepShare {
  if (live.step.kind !== GRANT_PERMISSIONS) return NOTHING;
  const { grantee, wants, before } = readLive(live);
  if (grantee !== granteeKey(grant.grantee)) return NOTHING;
  const want = wants.get(resourceKey(grant.resource));
  if (!want || isNoAccess(want.access)) return NOTHING;
  return { wanted: want.access, brought: broughtOn(want, before) };
}

const contentOf = ({
  resource: { kind, rowFilter, columns, excludedColumns },
}: ObservedGrant): string =>
  kind === 'data-cells-filter'
    ? JSON.stringify([rowFilter, columns, excludedColumns])
    : '';

/**
 * What of a grant a person let stay. A filter that lets other rows or columns
 * through since then is another one.
 */
function adoptedOf(
  adopted: ObservedGrant,
  observed: ObservedGrant,
  grant: Grant,
): Access {
  const stays = readObserved(adopted, '');
  const isSame =
    resourceKey(stays.resource) === resourceKey(grant.resource) &&
    granteeKey(stays.grantee) === granteeKey(grant.grantee) &&
    contentOf(adopted) === contentOf(observed);
  return isSame ? stays.access : NO_ACCESS;
}
