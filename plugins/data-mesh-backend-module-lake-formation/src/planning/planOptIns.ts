import type {
  PlanStep,
  Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortLocation } from '../lake/PortLocation';
import { ResourceAccess, Grantee } from '../lake/grant';
import { resourceKey } from '../lake/keys';
import { LakeResource, Tables } from '../lake/resource';
import { describeOptIn } from '../steps/optIns/describeOptIn';
import { ObservedPort } from './ObservedPort';
import { Reach } from './Reach';
import { asksForOptIn, tablesOf } from './hybridMode';

/** Across accounts all tables are reached with their database only. */
const resourcesToOptInTo = (
  table: Tables,
  { topology }: Reach,
): LakeResource[] =>
  table.kind === 'allTables' && topology !== 'single-account'
    ? [
        {
          kind: 'database',
          catalogId: table.catalogId,
          database: table.database,
        },
        table,
      ]
    : [table];

/**
 * The steps that opt the grantee in, after the grants: nobody is held to grants
 * that are not there yet. Empty where Lake Formation restricts everybody anyway,
 * and where it restricts nobody. Lake Formation opts in to databases and tables,
 * not to LF-Tags: of an expression, to the tables that it reaches now.
 */
export function planOptIns(options: {
  granted: Array<{ wants: ResourceAccess[]; step: PlanStep }>;
  /** Who is granted to by the catalog's account. */
  first: { grantee: Grantee; words: Sentence };
  location: PortLocation;
  reach: Reach;
  observed: ObservedPort;
}): PlanStep[] {
  const { granted, first, location, reach, observed } = options;
  const planned = new Map<string, PlanStep>();
  for (const { wants, step } of granted) {
    const tables = wants
      .flatMap(want => tablesOf(want.resource, observed))
      .filter(table => asksForOptIn(table, observed));
    for (const table of tables) {
      for (const resource of resourcesToOptInTo(table, reach)) {
        const key = resourceKey(resource);
        planned.set(
          key,
          planned.get(key) ??
            describeOptIn(
              resource,
              { ...first.grantee, region: location.region },
              first.words,
              {
                needs: [step.id],
                done: observed.optedIn?.includes(key) ?? false,
              },
            ),
        );
      }
    }
  }
  return [...planned.values()];
}
