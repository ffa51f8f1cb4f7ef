import type { AccessAnswer } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ColumnSet,
  coversColumns,
  isAllColumns,
  isNoColumns,
  uniteColumns,
} from '../lake/columns';
import { AccessPart, AccessReason, TableSubject } from './accessPart';

export type AnswerItem = AccessAnswer['items'][number];

interface Merged {
  permissions: Set<string>;
  readable: ColumnSet;
  rowFilter?: string;
  reasons: AccessReason[];
}

const restrictionOf = ({ rowFilter, condition }: Partial<AccessPart>) =>
  JSON.stringify([rowFilter ?? null, condition ?? null]);

const UNRESTRICTED = restrictionOf({});

/**
 * What all parts of one principal come to on one table: those that hold always
 * and for all rows as one item; those under one filter or condition as one item
 * each, unless the first shows all that they show: whoever sees a whole table
 * is not held back by a filter. Pure.
 */
export function mergeParts(
  subject: TableSubject,
  parts: AccessPart[],
): AnswerItem[] {
  const [first] = parts;
  if (!first) return [];
  const byRestriction = new Map<string, Merged>();
  for (const part of parts) {
    const key = restrictionOf(part);
    const known = byRestriction.get(key);
    byRestriction.set(key, known ? merged(known, part) : started(part));
  }
  const open = byRestriction.get(UNRESTRICTED);
  const items: Merged[] = open ? [open] : [];
  for (const [restriction, one] of byRestriction) {
    if (restriction === UNRESTRICTED) continue;
    if (open && coversColumns(open.readable, one.readable)) {
      open.reasons.push(...one.reasons);
      one.permissions.forEach(permission => open.permissions.add(permission));
    } else {
      items.push(one);
    }
  }
  return items.map(item => ({
    principal: first.principal,
    resource: resourceOf(subject, item),
    permissions: [...item.permissions].sort(),
    reasons: distinct(item.reasons),
  }));
}

function started(part: AccessPart): Merged {
  return {
    permissions: new Set(part.permissions),
    readable: part.readable,
    ...(part.rowFilter && { rowFilter: part.rowFilter }),
    reasons: [...part.reasons],
  };
}

function merged(known: Merged, part: AccessPart): Merged {
  return {
    ...known,
    permissions: new Set([...known.permissions, ...part.permissions]),
    readable: uniteColumns(known.readable, part.readable),
    reasons: [...known.reasons, ...part.reasons],
  };
}

function distinct(reasons: AccessReason[]): AccessReason[] {
  return [
    ...new Map(
      reasons.map(reason => [JSON.stringify(reason), reason]),
    ).values(),
  ];
}

function resourceOf(
  { catalogId, region, database, table }: TableSubject,
  { readable, rowFilter }: Merged,
): AnswerItem['resource'] {
  const name = `${database}.${table}`;
  return {
    words: `${name}${columnsInWords(readable)}${
      rowFilter ? `, rows where ${rowFilter}` : ''
    }`,
    catalogId,
    region,
    database,
    table,
    ...columnsOf(readable),
    ...(rowFilter && { rowFilter }),
  };
}

function columnsInWords(readable: ColumnSet): string {
  if (isNoColumns(readable)) return ', metadata only';
  if (isAllColumns(readable)) return '';
  return 'only' in readable
    ? ` (${readable.only.join(', ')})`
    : ` (all but ${readable.except.join(', ')})`;
}

function columnsOf(
  readable: ColumnSet,
): Pick<AnswerItem['resource'], 'columns' | 'excludedColumns'> {
  if ('only' in readable) return { columns: readable.only };
  return readable.except.length > 0 ? { excludedColumns: readable.except } : {};
}
