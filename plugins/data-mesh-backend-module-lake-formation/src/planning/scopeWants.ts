import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { GrantWant } from '../model/GrantWant';
import { ALL_TABLES, Place, orderedTags, placeKey } from '../model/Place';
import { PortLocation } from '../model/PortLocation';
import { NO_ACCESS, isNoAccess, lackingAccess } from '../model/TableAccess';
import { ObservedPort } from './ObservedPort';
import { PlannedTable, planTables } from './tableWants';
import { DESCRIBE_ONLY, LOCATION_ACCESS, wholeTable } from './wantedAccess';

const isHeld = ({ place, access }: GrantWant, observed: ObservedPort) =>
  isNoAccess(
    lackingAccess(access, observed.held?.[placeKey(place)] ?? NO_ACCESS),
  );

/** What somebody shall hold, and what is known about it. */
export interface PlannedScope {
  wants: Array<GrantWant & { done: boolean }>;
  /** Where tables are named. */
  tables: PlannedTable[];
}

/** All tables of the database as one place. */
export const allTablesOf = (location: PortLocation): Place => ({
  kind: 'table',
  catalogId: location.catalogId,
  database: location.database,
  table: ALL_TABLES,
});

/** The two policies by which a tag expression reaches tables. */
export const tagPoliciesOf = (
  { scope }: Pick<AccessIntent, 'scope'>,
  location: PortLocation,
): [tables: Place, databases: Place] => {
  const policy = (reaches: 'TABLE' | 'DATABASE'): Place => ({
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
  const wants: GrantWant[] = tables.map(({ want }) => want);
  if (scope.allTables) {
    wants.push({
      place: allTablesOf(location),
      access: wholeTable(scope.level),
    });
  }
  if (scope.tagExpression?.length) {
    const [onTables, onDatabases] = tagPoliciesOf(intent, location);
    wants.push(
      { place: onTables, access: wholeTable(scope.level) },
      { place: onDatabases, access: DESCRIBE_ONLY },
    );
  }
  for (const arn of observed.locations ?? []) {
    wants.push({
      // Locations belong to an account, also where a nested catalog uses them.
      place: { kind: 'location', catalogId: location.accountId, arn },
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
