import type { FormField } from '../../../scope/problemFields';
import type { MissingPart } from '../missingParts';

/** The questions of the form. */
export type RowId = 'what' | 'rows' | 'for' | 'why' | 'long' | 'more';

/** Where a question is on the page. */
export function rowElementId(id: RowId): string {
  return `data-mesh-row-${id}`;
}

const rowOfField: Record<Exclude<FormField, 'form'>, RowId> = {
  port: 'what',
  columns: 'what',
  rows: 'rows',
  principals: 'for',
  purpose: 'why',
  reason: 'why',
  duration: 'long',
  level: 'more',
  tags: 'more',
  consumer: 'more',
};

const rowOfMissing: Record<MissingPart, RowId> = {
  port: 'what',
  columns: 'what',
  tags: 'more',
  rows: 'rows',
  principal: 'for',
  purpose: 'why',
  duration: 'long',
};

/** The question to go to first, where something is missing or refused. */
export function rowToMend(
  missing: readonly MissingPart[],
  refused: readonly { field: FormField }[],
): RowId | undefined {
  if (missing.length) return rowOfMissing[missing[0]];
  const first = refused.find(({ field }) => field !== 'form');
  return first && first.field !== 'form' ? rowOfField[first.field] : undefined;
}
