import { DateTime } from 'luxon';
import type { AuditCountQuery } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Kinds of entries, by the first word of their actions. */
export const AUDIT_KINDS = [
  'request',
  'entitlement',
  'step',
  'drift',
  'scan',
  'publication',
  'place',
  'credentials',
  'tags',
  'name',
  'product',
  'audit',
] as const;

export type AuditKind = (typeof AUDIT_KINDS)[number];

export const AUDIT_DAYS = ['1', '7', '30', '90'] as const;

export type AuditDays = (typeof AUDIT_DAYS)[number];

/** What the URL of the audit page says; the filters combine. */
export interface AuditUrl {
  text: string;
  days?: AuditDays;
  /** Full reference of a person, or of the portal itself. */
  who?: string;
  kinds: readonly AuditKind[];
  productRef?: string;
  principal?: string;
  /** The entry that is unfolded. */
  open?: number;
}

/** Reads the URL; what it does not understand falls back to the defaults. */
export function readAuditUrl(search: URLSearchParams): AuditUrl {
  const open = Number(search.get('entry'));
  return {
    text: search.get('q') ?? '',
    days: AUDIT_DAYS.find(one => one === search.get('days')),
    who: search.get('who') || undefined,
    kinds: AUDIT_KINDS.filter(one => search.getAll('what').includes(one)),
    productRef: search.get('product') || undefined,
    principal: search.get('role') || undefined,
    open: Number.isSafeInteger(open) && open > 0 ? open : undefined,
  };
}

/** Writes the URL, without what is at its default. */
export function writeAuditUrl(url: AuditUrl): URLSearchParams {
  const { text, days, who, kinds, productRef, principal, open } = url;
  const search = new URLSearchParams();
  if (text) search.set('q', text);
  if (days) search.set('days', days);
  if (who) search.set('who', who);
  kinds.forEach(kind => search.append('what', kind));
  if (productRef) search.set('product', productRef);
  if (principal) search.set('role', principal);
  if (open) search.set('entry', String(open));
  return search;
}

/** What the backend is asked for: the same for list, counts and export. */
export function auditQuery(url: AuditUrl): AuditCountQuery {
  const { text, days, who, kinds, productRef, principal } = url;
  const from =
    days &&
    DateTime.local()
      .minus({ days: Number(days) - 1 })
      .startOf('day')
      .toUTC()
      .toISO();
  return {
    ...(text.trim() && { q: text.trim() }),
    ...(from && { from }),
    ...(who && { actorRef: who }),
    ...(kinds.length > 0 && { kind: [...kinds] }),
    ...(productRef && { productRef }),
    ...(principal && { principal }),
  };
}

/** Whether anything is left out. */
export const isFiltered = (url: AuditUrl): boolean =>
  Object.keys(auditQuery(url)).length > 0;
