import { createHash } from 'node:crypto';
import type {
  PlanStep,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accessInWords } from '../planning/accessWords';
import { TableRef } from '../model/TableWant';
import { GrantCall, grantCall } from './GrantCall';

/** The kind of steps that grant permissions on tables and columns. */
export const GRANT_PERMISSIONS = 'grantPermissions';

/** A grant as a step of a plan: plain data with its words and its inverse. */
export function describeGrant(
  grant: GrantCall,
  principal: Principal,
  done: boolean,
): PlanStep {
  const { accountId, region, wants } = grant;
  const call = grantCall(grant);
  const access = accessInWords(wants);
  return {
    id: stepId({ accountId, region, call }),
    kind: GRANT_PERMISSIONS,
    words: `Grant ${access} to \`${principal.name}\``,
    accountId,
    region,
    call,
    undo: {
      words: `Revoke ${access} from \`${principal.name}\``,
      call: grantCall(grant, 'Revoke'),
    },
    needs: [],
    // What entitlements of one principal put on one table is one entry in Lake
    // Formation; and two writers on one table, even for different principals,
    // are answered with ConcurrentModificationException.
    shares: wants.map(want => `${tableKey(want, region)}:${grant.principalId}`),
    locks: wants.map(want => tableKey(want, region)),
    ...(done && { done }),
  };
}

function tableKey(ref: TableRef, region: string): string {
  return `lake-formation:${region}:${ref.catalogId}:${ref.database}.${ref.table}`;
}

/** The same for the same effect, whoever plans it and whenever. */
function stepId(effect: object): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(effect))
    .digest('hex');
  return `${GRANT_PERMISSIONS}:${hash.slice(0, 32)}`;
}
