import { useCallback, useEffect, useState } from 'react';
import { rowElementId, type RowId } from './rowsOfForm';

const FIELDS = 'input, textarea, [role="button"], button';

/** Which questions are unfolded, and the way to one of them. */
export function useOpenRows(initial: () => readonly RowId[]) {
  const [open, setOpen] = useState<ReadonlySet<RowId>>(
    () => new Set(initial()),
  );
  const [goal, setGoal] = useState<{ row: RowId }>();
  const toggle = useCallback(
    (row: RowId) =>
      setOpen(before => {
        const next = new Set(before);
        if (!next.delete(row)) next.add(row);
        return next;
      }),
    [],
  );
  const jumpTo = useCallback((row: RowId) => {
    setOpen(before => new Set([...before, row]));
    setGoal({ row });
  }, []);
  // After it is unfolded.
  useEffect(() => {
    if (!goal) return;
    const element = document.getElementById(rowElementId(goal.row));
    const field =
      element?.querySelector<HTMLElement>(`[data-fields] :is(${FIELDS})`) ??
      element?.querySelector<HTMLElement>(FIELDS) ??
      element;
    field?.focus();
    element?.scrollIntoView?.({ block: 'nearest' });
  }, [goal]);
  return { isOpen: (row: RowId) => open.has(row), toggle, jumpTo };
}
