import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation } from '../../lake/PortLocation';
import { NO_ACCESS, isNoAccess, lackingAccess } from '../../lake/access';
import { ResourceAccess } from '../../lake/grant';
import { resourceKey } from '../../lake/keys';
import { LakeResource, orderedTags, allTables } from '../../lake/resource';
import { ObservedPort } from '../ObservedPort';
import { PlannedTable, planTables } from './tableWants';
import { DESCRIBE_ONLY, LOCATION_ACCESS, wholeTable } from './wantedAccess';

const isHeld = ({ resource, access }: ResourceAccess, observed: ObservedPort) =>
  isNoAccess(
    lackingAccess(access, observed.held?.[resourceKey(resource)] ?? NO_ACCESS),
  );

/** What somebody shall hold, and what is known about it. */
export interface PlannedScope {
  wants: Array<ResourceAccess & { done: boolean }>;
  /** Where tables are named. */
  tables: PlannedTable[];
}

/** The two policies by which a tag expression reaches tables. */
export const tagPoliciesOf = (
  { scope }: Pick<AccessIntent, 'scope'>,
  location: PortLocation,
): [tables: LakeResource, databases: LakeResource] => {
  const policy = (reaches: 'TABLE' | 'DATABASE'): LakeResource => ({
    kind: 'tagPolicy',
    catalogId: location.catalogId,
    reaches,
    expression: orderedTags(scope.tagExpression ?? []),
  });
  return [policy('TABLE'), policy('DATABASE')];
};

/**
 * What the grantee shall hold for the scope.
 *
 * @throws InputError by {@link planTables}
 */
export function planScope(
  intent: Pick<AccessIntent, 'scope'>,
  location: PortLocation,
  observed: ObservedPort,
  grantee: string,
): PlannedScope {
  const { scope } = intent;
  const tables = planTables(intent, location, observed, grantee);
  const wants: ResourceAccess[] = tables.map(({ want }) => want);
  if (scope.allTables) {
    wants.push({
      resource: allTables(location),
      access: wholeTable(scope.level),
    });
  }
  if (scope.tagExpression?.length) {
    const [onTables, onDatabases] = tagPoliciesOf(intent, location);
    wants.push(
      { resource: onTables, access: wholeTable(scope.level) },
      { resource: onDatabases, access: DESCRIBE_ONLY },
    );
  }
  for (const arn of observed.locations ?? []) {
    wants.push({
      // Locations belong to an account, also where a nested catalog uses them.
      resource: { kind: 'location', catalogId: location.accountId, arn },
      access: LOCATION_ACCESS,
    });
  }
  const planned = new Map(tables.map(one => [one.want, one.done]));
  return {
    tables,
    wants: wants.map(want => ({
      ...want,
      done: planned.get(want) ?? isHeld(want, observed),
    })),
  };
}
