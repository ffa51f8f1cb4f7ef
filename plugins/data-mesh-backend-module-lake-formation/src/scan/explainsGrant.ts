import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ColumnSet, NO_COLUMNS } from '../model/ColumnSet';
import { granteeKey } from '../model/GrantWant';
import { ALL_TABLES, Place, orderedTags, placeKey } from '../model/Place';
import {
  Rights,
  TableAccess,
  intersectAccess,
  isNoAccess,
  subtractAccess,
} from '../model/TableAccess';
import { granteeOf } from '../model/principals';
import { readGrantCall } from '../steps/GrantCall';
import { readAccess } from '../steps/HeldAccess';
import { GRANT_PERMISSIONS } from '../steps/describeGrant';
import { broughtOn } from '../steps/remainder';

/** How much of a listed grant a step in force has put there. Pure. */
export function explainsGrant(
  { step, baseline }: LiveStep,
  grant: ObservedGrant,
): 'full' | 'part' | 'none' {
  if (step.kind !== GRANT_PERMISSIONS) return 'none';
  const call = readGrantCall(step);
  const place = placeOfGrant(grant.resource, call.catalogAccountId);
  const grantee = granteeOf(grant.principal.id);
  const condition = grant.condition ?? grantee.condition;
  const listedGrantee = { ...grantee, ...(condition && { condition }) };
  if (!place || granteeKey(call) !== granteeKey(listedGrantee)) return 'none';
  const want = call.wants.find(one => placeKey(one.place) === placeKey(place));
  if (!want) return 'none';
  const brought = broughtOn(want, readAccess(baseline));
  const listed = accessOfGrant(grant);
  if (isNoAccess(intersectAccess(listed, brought))) return 'none';
  return isNoAccess(subtractAccess(listed, brought)) ? 'full' : 'part';
}

/** Where a listed grant is; what names no catalog is in the default one. */
function placeOfGrant(
  resource: ObservedGrant['resource'],
  defaultCatalogId: string,
): Place | undefined {
  const { kind, database, table, filter, location, tagExpression } = resource;
  const catalogId = resource.catalogId ?? defaultCatalogId;
  switch (kind) {
    case 'database':
      return database ? { kind, catalogId, database } : undefined;
    case 'data-cells-filter':
      return database && table && filter
        ? { kind: 'filter', catalogId, database, table, filter }
        : undefined;
    case 'data-location':
      return location
        ? { kind: 'location', catalogId, arn: location }
        : undefined;
    case 'tag-policy':
      return tagExpression
        ? {
            kind: 'tagPolicy',
            catalogId,
            reaches:
              resource.tagPolicyReach === 'databases' ? 'DATABASE' : 'TABLE',
            expression: orderedTags(tagExpression),
          }
        : undefined;
    case undefined:
    case 'table':
    case 'columns':
    case 'all-tables':
      return database
        ? { kind: 'table', catalogId, database, table: table ?? ALL_TABLES }
        : undefined;
    default:
      return undefined;
  }
}

/** A grant back as access, to compare it with what we granted. */
function accessOfGrant({
  permissions,
  grantable,
  resource: { columns, excludedColumns },
}: ObservedGrant): TableAccess {
  const select: ColumnSet = columns
    ? { only: columns }
    : { except: excludedColumns ?? [] };
  const rights = (names: string[]): Rights => ({
    permissions: names.filter(one => one !== 'SELECT'),
    select: names.includes('SELECT') ? select : NO_COLUMNS,
  });
  return {
    ...rights(permissions),
    ...(grantable.length > 0 && { passOn: rights(grantable) }),
  };
}
