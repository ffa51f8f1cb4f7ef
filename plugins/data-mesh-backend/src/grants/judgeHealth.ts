import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  namesInWords,
  type AccessScope,
  type Entitlement,
  type ObservedGrant,
  type TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A step that is in force, and whose it is. */
export interface OwnedStep {
  entitlement: Entitlement;
  live: LiveStep;
}

/** What the list of grants says of an entitlement. */
export type Judgement =
  | { health: 'ok' }
  | { health: 'degraded'; reason: string; missing: boolean };

/**
 * Compares an active entitlement with what the system lists: each table of its
 * scope, with its columns, must show in a grant that one of its steps backs.
 */
export function judgeHealth(
  provisioner: Provisioner,
  scope: AccessScope,
  steps: readonly OwnedStep[],
  grants: readonly ObservedGrant[],
): Judgement {
  const lives = steps.map(step => step.live);
  const backed = grants.filter(
    grant => provisioner.compare(grant, { steps: lives }).wanted !== 'none',
  );
  if (backed.length === 0) {
    return {
      health: 'degraded',
      missing: true,
      reason: `${provisioner.title} lists no grant for it`,
    };
  }
  const gaps = gapsOf(scope.tables, backed);
  if (gaps.length === 0) return { health: 'ok' };
  return {
    health: 'degraded',
    missing: false,
    reason: `${provisioner.title} does not list ${gaps.join('; ')}`,
  };
}

/** Systems fold names as they like: Glue to lower case. */
const folded = (name: string) => name.toLocaleLowerCase('en-US');

/** What of the tables no grant shows, in words. */
function gapsOf(
  tables: readonly TableScope[],
  grants: readonly ObservedGrant[],
): string[] {
  const byTable = new Map<string | undefined, ObservedGrant[]>();
  for (const grant of grants) {
    const { table } = grant.resource;
    const key = table === undefined ? undefined : folded(table);
    const known = byTable.get(key);
    if (known) known.push(grant);
    else byTable.set(key, [grant]);
  }
  // A grant that names no table is about all of the database.
  const anywhere = byTable.get(undefined) ?? [];
  return tables.flatMap(table =>
    gapOf(table, [...anywhere, ...(byTable.get(folded(table.table)) ?? [])]),
  );
}

/** What of a table none of its grants shows, in words. */
function gapOf(wanted: TableScope, here: readonly ObservedGrant[]): string[] {
  if (here.length === 0) return [`\`${wanted.table}\``];
  const isOpen = here.some(({ resource }) => !resource.columns);
  if (isOpen) return [];
  const listed = here.flatMap(({ resource }) => resource.columns ?? []);
  if (!wanted.columns) {
    return [
      `\`${wanted.table}\` as a whole, only its columns ${namesInWords(
        [...new Set(listed)].sort(),
      )}`,
    ];
  }
  const shown = new Set(listed.map(folded));
  const lost = wanted.columns.filter(column => !shown.has(folded(column)));
  return lost.length === 0
    ? []
    : [`${namesInWords(lost)} of \`${wanted.table}\``];
}
