import type { Knex } from 'knex';
import {
  scopeInWords,
  type AccessChange,
  type AccessScope,
  type ObservedGrant,
  type WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { GrantSeen } from '../sight';
import {
  largeEntitlements,
  portOf,
  principalOf,
  resourceOf,
} from '../store/entitlements/EntitlementRow';
import { readInParts } from '../store/inParts';
import type { EntitlementRow } from '../store/tables';
import { heldInWords } from '../grants/heldInWords';
import { PortIndex } from '../grants/PortIndex';

const kindOf: { [action: string]: AccessChange['kind'] } = {
  'entitlement.activated': 'given',
  'entitlement.amended': 'changed',
  'entitlement.narrowed': 'changed',
  'entitlement.revoked': 'taken-away',
  'entitlement.expired': 'taken-away',
  'entitlement.suspended': 'taken-away',
  'drift.revoked': 'taken-away',
};

/** Of each action; an answer is no history. */
const MOST = 50;

const lower = (text: string | undefined) => text?.toLocaleLowerCase('en-US');

/** What an answer is about. */
export type AskedAbout =
  | { principals: readonly string[] }
  | { place: Omit<WhoQuery, 'at'> };

interface Found {
  at: string;
  action: string;
  actor_ref: string;
  subject: string;
  after: string | null;
}

/**
 * What the mesh itself has done since a scan looked, newest first: so that an
 * answer by that scan is not taken for more than it is. No more of it than the
 * caller may see.
 */
export async function changesSince(
  knex: Knex,
  since: string,
  about: AskedAbout,
  seen: GrantSeen,
): Promise<AccessChange[]> {
  const events = await eventsSince(knex, since, about);
  const entitlements = await entitlementsOf(knex, events);
  return events.flatMap(event => {
    const change = event.subject.startsWith('grant:')
      ? ofGrant(event, about, seen)
      : ofEntitlement(entitlements.get(event.subject), about, seen);
    return change
      ? [
          {
            kind: kindOf[event.action],
            at: event.at,
            actorRef: event.actor_ref,
            ...change,
          },
        ]
      : [];
  });
}

async function eventsSince(
  knex: Knex,
  since: string,
  about: AskedAbout,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const action of Object.keys(kindOf)) {
    const rows: Found[] = await knex('audit_events')
      .where({ action })
      .andWhere('at', '>', since)
      .modify(query => {
        if ('principals' in about) {
          query.whereIn('principal', [...about.principals]);
        }
      })
      .orderBy('sequence', 'desc')
      .limit(MOST)
      .select('at', 'action', 'actor_ref', 'subject', 'after');
    found.push(...rows);
  }
  return found.sort((a, b) => b.at.localeCompare(a.at));
}

type Change = Pick<
  AccessChange,
  'principal' | 'words' | 'productRef' | 'requestId'
>;

function ofGrant(
  { after }: Found,
  about: AskedAbout,
  { view }: GrantSeen,
): Change | undefined {
  if (after === null) return undefined;
  const { grant, parts } = JSON.parse(after) as {
    grant: ObservedGrant;
    parts: ObservedGrant[];
  };
  const { principal, resource } = grant;
  const isTold =
    view === 'all' ||
    view.principals.includes(principal.id) ||
    new PortIndex(view.products).productsAt(resource).length > 0;
  if (!isTold || !isAbout(resource, about)) return undefined;
  return { principal, words: parts.map(heldInWords).join('; ') };
}

function ofEntitlement(
  row: EntitlementRow | undefined,
  about: AskedAbout,
  seen: GrantSeen,
): Change | undefined {
  if (!row || !seen.entitlement(resourceOf(row))) return undefined;
  const { location, tables } = portOf(row);
  const scope = JSON.parse(row.scope) as AccessScope;
  // By tags or as a whole, it may reach each table of the port.
  const names =
    scope.tables.length > 0
      ? scope.tables.map(({ table }) => table)
      : tables.map(({ name }) => name);
  const isThere = names.some(table => isAbout({ ...location, table }, about));
  if (!isThere) return undefined;
  return {
    principal: principalOf(row),
    words: scopeInWords(scope),
    productRef: row.product_ref,
    requestId: row.request_id,
  };
}

/** Principals were looked for by the query already. */
function isAbout(
  resource: {
    catalogId?: string;
    region?: string;
    database?: string;
    table?: string;
  },
  about: AskedAbout,
): boolean {
  if ('principals' in about) return true;
  const { place } = about;
  const fits = (found: string | undefined, asked: string) =>
    found === undefined || lower(found) === lower(asked);
  return (
    fits(resource.catalogId, place.catalogId) &&
    fits(resource.region, place.region) &&
    fits(resource.database, place.database) &&
    fits(resource.table, place.table)
  );
}

async function entitlementsOf(
  knex: Knex,
  events: readonly Found[],
): Promise<Map<string, EntitlementRow>> {
  const prefix = 'entitlement:';
  const ids = [
    ...new Set(
      events.flatMap(({ subject }) =>
        subject.startsWith(prefix) ? [subject.slice(prefix.length)] : [],
      ),
    ),
  ];
  const rows = await readInParts(
    knex,
    largeEntitlements,
    query => query.whereIn('id', ids),
    row => row,
  );
  return new Map(rows.map(row => [`${prefix}${row.id}`, row]));
}
