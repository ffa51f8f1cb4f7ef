import type { DriftItem } from '@lakemesh/backstage-plugin-data-mesh-common';
import { unapprovedParts } from './driftWords';

/** One line of what was approved beside what is held. */
export interface MatrixRow {
  /** A column, or what may be done and on what. */
  name: string;
  /** Whether somebody approved it. */
  approved: boolean;
}

/** What was approved, what AWS holds, and what is left after a revocation. */
export interface DriftMatrix {
  of: 'columns' | 'rights';
  /** What nobody approved first. Everything in it is held. */
  rows: MatrixRow[];
  /** Whether what was approved besides is not said line by line. */
  andApproved: boolean;
}

/**
 * A grant of which nobody approved a part, line by line: by columns where it is
 * about columns of one table, else by what may be done. From the difference that
 * a revocation carries out. Undefined where it is not about a grant. Pure.
 */
export function driftMatrix(item: DriftItem): DriftMatrix | undefined {
  const parts = unapprovedParts(item);
  if (!item.grant || parts.length === 0) return undefined;
  const { because, grant: held } = item.grant;
  const isMore = because.kind === 'approved-and-more';
  const surplus = new Set(
    parts.flatMap(({ resource }) => resource.columns ?? []),
  );
  const isByColumns = parts.every(
    ({ resource, grantable }) => resource.columns && grantable.length === 0,
  );
  if (isByColumns) {
    const stays = (held.resource.columns ?? []).filter(
      column => !surplus.has(column),
    );
    return {
      of: 'columns',
      rows: [
        ...[...surplus].map(name => ({ name, approved: false })),
        ...stays.map(name => ({ name, approved: true })),
      ],
      andApproved: isMore && held.resource.columns === undefined,
    };
  }
  return {
    of: 'rights',
    rows: parts.flatMap(({ permissions, grantable, resource }) => [
      ...permissions.map(one => ({
        name: `${one} on ${resource.words}`,
        approved: false,
      })),
      ...grantable.map(one => ({
        name: `GRANT OPTION ${one} on ${resource.words}`,
        approved: false,
      })),
    ]),
    andApproved: isMore,
  };
}
