import { useMemo } from 'react';
import { useDataMesh, useLoad, useRequestCounts } from '../api';
import { statusOf } from '../components';
import { useMyAccess } from '../entitlement/list/useMyAccess';
import { turnsOf, type Turn } from './turnsOf';

/** What waits for the caller, undefined until all of it is known. */
export function useYourTurn(): Turn[] | undefined {
  const api = useDataMesh();
  const counts = useRequestCounts();
  const { value: mine, error } = useMyAccess('active');
  const drift = useLoad('drift that waits', async () => {
    try {
      const { counts: found, atLeast } = await api.listDrift({ limit: 1 });
      return { counts: found, atLeast };
    } catch (cause) {
      // Who may not see grants is told nothing of them.
      if (statusOf(cause as Error) === 403) return null;
      throw cause;
    }
  });
  const isKnown =
    (counts.value || counts.error) &&
    (mine || error) &&
    (drift.value !== undefined || drift.error);
  return useMemo(
    () =>
      isKnown
        ? turnsOf(
            {
              counts: counts.value,
              held: mine?.held,
              requests: mine?.requests,
              drift: drift.value ?? undefined,
            },
            Date.now(),
          )
        : undefined,
    [isKnown, counts.value, mine, drift.value],
  );
}
