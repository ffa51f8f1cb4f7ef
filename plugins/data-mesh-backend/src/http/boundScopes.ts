import type { Request } from 'express';
import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ProblemsError } from '../errors/ProblemsError';

/** Columns that one scope may name, of all its tables together. */
export const MAX_SCOPE_COLUMNS = 10_000;

/** Fields of bodies that are scopes. */
const SCOPES = ['scope', 'narrowedScope'] as const;

/**
 * Refuses scopes with more columns than are looked at in one request. The
 * contract bounds the columns of each table; this bounds their sum.
 */
export function boundScopes(
  req: Request,
  _res: unknown,
  next: () => void,
): void {
  const body: { [K in (typeof SCOPES)[number]]?: AccessScope } = req.body ?? {};
  for (const field of SCOPES) {
    const count = (body[field]?.tables ?? []).reduce(
      (sum, { columns }) => sum + (columns?.length ?? 0),
      0,
    );
    if (count > MAX_SCOPE_COLUMNS) {
      throw new ProblemsError([
        {
          field: `${field}.tables`,
          reason: `${count} columns are named, expected at most ${MAX_SCOPE_COLUMNS}; ask for whole tables, or in several requests`,
        },
      ]);
    }
  }
  next();
}
