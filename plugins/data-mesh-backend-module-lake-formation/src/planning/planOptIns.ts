import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { GrantWant, Grantee } from '../model/GrantWant';
import { ALL_TABLES, Place, placeKey } from '../model/Place';
import { PortLocation } from '../model/PortLocation';
import { describeOptIn } from '../steps/describeOptIn';
import { Table, asksForOptIn, tablesOf } from './hybridMode';
import { ObservedPort } from './ObservedPort';
import { Reach } from './Reach';

/** Across accounts all tables are reached with their database only. */
const placesToOptInTo = (table: Table, { topology }: Reach): Place[] =>
  table.table === ALL_TABLES && topology !== 'single-account'
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
  granted: Array<{ wants: GrantWant[]; step: PlanStep }>;
  /** Who is granted to by the catalog's account, also in words. */
  first: { grantee: Grantee; words: string };
  location: PortLocation;
  reach: Reach;
  observed: ObservedPort;
}): PlanStep[] {
  const { granted, first, location, reach, observed } = options;
  const planned = new Map<string, PlanStep>();
  for (const { wants, step } of granted) {
    const tables = wants
      .flatMap(want => tablesOf(want.place, observed))
      .filter(table => asksForOptIn(table, observed));
    for (const table of tables) {
      for (const place of placesToOptInTo(table, reach)) {
        const key = placeKey(place);
        planned.set(
          key,
          planned.get(key) ??
            describeOptIn(
              place,
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
