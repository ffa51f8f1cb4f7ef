import type { Knex } from 'knex';
import type { AuditEventRow } from './AuditEventRow';
import type { NewAuditEvent } from './AuditLog';

type About = Pick<AuditEventRow, 'product_ref' | 'principal'>;

const nothing: About = { product_ref: null, principal: null };

const BOTH: ReadonlyArray<keyof About> = ['product_ref', 'principal'];

interface Source {
  table: string;
  /** What its ids look like; others are not looked up. */
  id: RegExp;
  columns: ReadonlyArray<keyof About>;
}

/** Where to look up what a subject is about; its reference ends with the id. */
const tables: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['request', { table: 'access_requests', id: /./, columns: BOTH }],
  ['entitlement', { table: 'entitlements', id: /./, columns: BOTH }],
  ['grant', { table: 'observed_grants', id: /^\d{1,18}$/, columns: BOTH }],
  ['publication', { table: 'publications', id: /./, columns: ['product_ref'] }],
]);

/**
 * Which product and principal an event is about, to find it by. Of a grant on
 * what several products name, the first of them.
 */
export async function aboutOf(
  tx: Knex.Transaction,
  event: NewAuditEvent,
): Promise<About> {
  const found = await lookUp(tx, event.subject);
  return {
    product_ref: event.productRef ?? found.product_ref,
    principal: event.principal ?? found.principal,
  };
}

async function lookUp(tx: Knex.Transaction, subject: string): Promise<About> {
  const colon = subject.indexOf(':');
  const kind = subject.slice(0, colon);
  if (kind === 'dataproduct') return { ...nothing, product_ref: subject };
  const id = subject.slice(colon + 1);
  const source = tables.get(kind);
  if (!source?.id.test(id)) return nothing;
  const row: Partial<About> | undefined = await tx(source.table)
    .where('id', id)
    .first(...source.columns);
  return { ...nothing, ...row };
}
