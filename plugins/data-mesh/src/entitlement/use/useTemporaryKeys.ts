import { useEffect, useState } from 'react';
import type { TemporaryCredentials } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../api';

/** Keys stay in sight for so long. */
const SHOWN_MS = 30_000;

/**
 * Temporary keys of an access to one table: asked for when somebody wants to
 * see or copy them, never before, and kept in this component only. Each asking
 * is an entry of the audit trail.
 */
export function useTemporaryKeys(entitlementId: string, table: string) {
  const api = useDataMesh();
  const [keys, setKeys] = useState<TemporaryCredentials>();
  const [isShown, setIsShown] = useState(false);
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    setKeys(undefined);
    setIsShown(false);
  }, [entitlementId, table]);

  useEffect(() => {
    if (!isShown) return undefined;
    const hide = () => setIsShown(false);
    const onVisibility = () => document.visibilityState === 'hidden' && hide();
    const timer = setTimeout(hide, SHOWN_MS);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [isShown]);

  const renew = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const made = await api.vendCredentials(entitlementId, { table });
      setKeys(made);
      return made;
    } catch (cause) {
      setError(cause as Error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const current = async () =>
    keys && Date.parse(keys.expiration) > Date.now() ? keys : renew();

  return {
    keys,
    isShown,
    busy,
    error,
    /** New ones, though those that there are still work. */
    renew,
    /** Those that there are, or new ones where there are none that work. */
    current,
    async show() {
      if (await current()) setIsShown(true);
    },
    hide: () => setIsShown(false),
  };
}
