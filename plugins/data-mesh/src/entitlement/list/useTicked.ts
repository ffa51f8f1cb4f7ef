import { useState } from 'react';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessItem } from './accessItems';

/** The accesses that are ticked, as long as they are in the list. */
export function useTicked(items: readonly AccessItem[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const ticked: Entitlement[] = items.flatMap(item =>
    item.kind === 'access' && ids.has(item.id) ? [item.access] : [],
  );
  return {
    ticked,
    tick: (id: string, on: boolean) =>
      setIds(before => {
        const next = new Set(before);
        if (on) next.add(id);
        else next.delete(id);
        return next;
      }),
    clear: () => setIds(new Set()),
  };
}
