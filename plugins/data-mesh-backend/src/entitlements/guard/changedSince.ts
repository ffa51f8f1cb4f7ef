import { ConflictError } from '@backstage/errors';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import { phaseInWords } from './entitlementActions';
import type { EntitlementRow } from '../../store/tables';

/** Says what became of an entitlement since a version of it was seen. */
export function changedSince(
  row: EntitlementRow,
  version: number,
): ConflictError {
  return new ConflictError(
    `Entitlement ${row.id} has changed since you looked: it is ${phaseInWords(
      progressOf(row),
    )} now (version ${row.version}, changed at ${
      row.updated_at
    }), you have seen version ${version}`,
  );
}
