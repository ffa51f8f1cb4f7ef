import { useCallback, useState } from 'react';

/** The rows of a list that are ticked, by their ids. The functions stay the same. */
export function useTicks() {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const tick = useCallback(
    (changed: string | readonly string[], on: boolean) =>
      setIds(before => {
        const next = new Set(before);
        for (const id of [changed].flat()) {
          if (on) next.add(id);
          else next.delete(id);
        }
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setIds(new Set()), []);
  return { ids, tick, clear };
}
