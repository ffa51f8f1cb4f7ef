import { useCallback, useEffect, useState } from 'react';
import type { DiscoveryApi } from '@backstage/core-plugin-api';
import { DemoUser, fetchDemoUsers } from './demoUsers';

/** The catalog reads its files some seconds after the start. */
const ASK_AGAIN_AFTER_MS = 2000;

/** The list of users, asked for again until the catalog has some. */
export function useDemoUsers(discoveryApi: DiscoveryApi): {
  users?: DemoUser[];
  error?: Error;
  retry: () => void;
} {
  const [users, setUsers] = useState<DemoUser[]>();
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    discoveryApi
      .getBaseUrl('auth')
      .then(fetchDemoUsers)
      .then(
        found => {
          if (over) return;
          setError(undefined);
          setUsers(found);
          if (found.length === 0) {
            timer = setTimeout(
              () => setAttempt(n => n + 1),
              ASK_AGAIN_AFTER_MS,
            );
          }
        },
        failure => {
          if (!over) setError(failure as Error);
        },
      );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [discoveryApi, attempt]);

  const retry = useCallback(() => {
    setError(undefined);
    setAttempt(n => n + 1);
  }, []);
  return { users, error, retry };
}
