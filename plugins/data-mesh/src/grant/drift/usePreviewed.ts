import { useState } from 'react';
import { Loaded, useLoad } from '../../api';

/** Something that is looked at before it is done, and how far that is. */
export interface Previewed<T> {
  preview: Loaded<T>;
  /** What was done. */
  result?: T;
  /** Why it could not be done. */
  error?: Error;
  busy: boolean;
  submit(): Promise<void>;
}

/**
 * Asks what would happen, and then lets it happen once.
 *
 * @param key - what is asked about; undefined while that is not said
 */
export function usePreviewed<T>(
  key: string | undefined,
  act: (options: { dryRun: boolean }) => Promise<T>,
): Previewed<T> {
  const [result, setResult] = useState<T>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const preview = useLoad(key, () => act({ dryRun: true }), { live: false });
  const submit = async () => {
    if (busy || result !== undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      setResult(await act({ dryRun: false }));
    } catch (cause) {
      setError(cause as Error);
    } finally {
      setBusy(false);
    }
  };
  return { preview, result, error, busy, submit };
}
