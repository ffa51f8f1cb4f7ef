import type { Knex } from 'knex';
import type {
  BecauseKind,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  facetsOfGrant,
  grantOf,
  type StandingReason,
} from '../store/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import type { Grounds } from './explainObserved';

type KnownRow = Pick<
  ObservedGrantRow,
  'target_id' | 'group_key' | 'because' | 'words' | 'data'
>;

/** Reasons that no entitlement gives. */
const BESIDE: BecauseKind[] = ['adopted', 'administrator', 'approved-and-more'];
const GROUPS_AT_ONCE = 200;

interface Known {
  adopted: ObservedGrant[];
  administers: Array<{ grant: ObservedGrant; words: string }>;
}

/**
 * What could explain grants beside entitlements, as the last scan knows: it has
 * read who administers the lake, and what a person let stay.
 */
export class ScannedReasons {
  readonly #known = new Map<string, Known>();

  /** Reads what is known where the grants are, and of nobody else. */
  static async of(
    knex: Knex,
    grants: readonly ObservedGrant[],
  ): Promise<ScannedReasons> {
    const reasons = new ScannedReasons();
    if (grants.length === 0) return reasons;
    const facets = grants.map(facetsOfGrant);
    const principals = new Set(facets.map(one => one.principal));
    const databases = new Set(facets.flatMap(one => one.database_name ?? []));
    const rows: KnownRow[] = await knex<ObservedGrantRow>('observed_grants')
      .whereIn('principal', [...principals])
      .where(query =>
        query
          .whereIn('database_name', [...databases])
          .orWhereNull('database_name'),
      )
      .whereIn('because', BESIDE)
      .whereNull('gone_at')
      .select('target_id', 'group_key', 'because', 'words', 'data');
    for (const row of rows) {
      if (row.because === 'administrator') {
        const grant = grantOf(row);
        reasons.#at(grant).administers.push({ grant, words: row.words ?? '' });
      }
    }
    for (const grant of await adoptedIn(knex, rows)) {
      reasons.#at(grant).adopted.push(grant);
    }
    return reasons;
  }

  groundsOf(
    provisioner: Pick<Provisioner, 'compare'>,
    grant: ObservedGrant,
  ): Pick<Grounds, 'adopted' | 'standing'> {
    const known = this.#known.get(keyOf(grant));
    const standing = standingOf(provisioner, grant, known);
    return {
      adopted: known?.adopted ?? [],
      ...(standing && { standing }),
    };
  }

  #at(grant: ObservedGrant): Known {
    const key = keyOf(grant);
    const known = this.#known.get(key) ?? { adopted: [], administers: [] };
    this.#known.set(key, known);
    return known;
  }
}

/** The system's own rules, where they explain all of it. */
function standingOf(
  provisioner: Pick<Provisioner, 'compare'>,
  grant: ObservedGrant,
  known: Known | undefined,
): StandingReason | undefined {
  if (grant.principal.kind === 'special') {
    return {
      kind: 'unrestricted',
      words: 'Whoever the system lets in by its own rules has this access',
    };
  }
  const [first] = known?.administers ?? [];
  if (!known || !first) return undefined;
  const { adopted: extent } = provisioner.compare(grant, {
    steps: [],
    adopted: known.administers.map(one => one.grant),
  });
  return extent === 'full'
    ? { kind: 'administrator', words: first.words }
    : undefined;
}

async function adoptedIn(
  knex: Knex,
  rows: readonly KnownRow[],
): Promise<ObservedGrant[]> {
  const groups = [...new Set(rows.map(row => row.group_key))];
  const targets = [...new Set(rows.map(row => row.target_id))];
  const adopted: ObservedGrant[] = [];
  for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
    const found: Array<Pick<ObservedGrantRow, 'data'>> = await knex(
      'adopted_grants',
    )
      .whereIn('target_id', targets)
      .whereIn('group_key', groups.slice(start, start + GROUPS_AT_ONCE))
      .whereNull('gone_at')
      .select('data');
    adopted.push(...found.map(grantOf));
  }
  return adopted;
}

/** Whose a grant is, and on what, whichever columns of it. */
function keyOf({ principal, resource }: ObservedGrant): string {
  const { catalogId, kind, database, table, filter, location } = resource;
  return JSON.stringify([
    principal.id,
    catalogId,
    kind === 'columns' ? 'table' : kind,
    database,
    table,
    filter,
    location,
    resource.tagExpression,
    resource.tagPolicyReach,
  ]);
}
