import { useCallback, useState } from 'react';
import { statusOf } from '../components/list/problemsOf';

/** Writing to one thing that has versions, and what came of it. */
export interface VersionedWrites<T, TChange> {
  busy: boolean;
  error?: Error;
  /** What changed meanwhile, after a write that came too late. */
  conflict?: TChange[];
  /** Writes; true where it was saved. */
  write(fn: (shown: T) => Promise<T>): Promise<boolean>;
  dismiss(): void;
}

/**
 * Writes in the version that is shown. Where the thing changed meanwhile (409)
 * nothing is saved: it is loaded again, with what changed.
 *
 * @param changes - what is new, and what the refusal itself says
 */
export function useVersionedWrites<T, TChange>(options: {
  shown: T;
  load: (shown: T) => Promise<T>;
  changes: (seen: T, now: T, refusal: Error) => TChange[];
  onChange: (now: T) => void;
}): VersionedWrites<T, TChange> {
  const { shown, load, changes, onChange } = options;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{
    error?: Error;
    conflict?: TChange[];
  }>({});

  const write = useCallback(
    async (fn: (seen: T) => Promise<T>) => {
      setBusy(true);
      setOutcome({});
      try {
        onChange(await fn(shown));
        return true;
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (statusOf(error) !== 409) {
          setOutcome({ error });
          return false;
        }
        try {
          const now = await load(shown);
          setOutcome({ conflict: changes(shown, now, error) });
          onChange(now);
        } catch (second) {
          setOutcome({ error: second as Error });
        }
        return false;
      } finally {
        setBusy(false);
      }
    },
    [shown, load, changes, onChange],
  );
  const dismiss = useCallback(() => setOutcome({}), []);

  return { busy, ...outcome, write, dismiss };
}
