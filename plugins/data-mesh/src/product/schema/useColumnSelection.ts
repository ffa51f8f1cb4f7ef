import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  PickedColumns,
  readColumns,
  writeColumns,
} from '../../scope/columnsInUrl';

const NONE: string[] = [];

/**
 * The ticked columns of a product. They stand in the address, so that they
 * survive another table or port, a reload, and the way back from the form.
 */
export function useColumnSelection(
  product: DataProductEntity,
  /** Whether a column can be ticked: not what is read already. */
  canTick: (port: string, table: string, column: string) => boolean,
) {
  const [params, setParams] = useSearchParams();
  const ports = product.spec.outputPorts;
  const neverShared = product.spec.access?.neverShared ?? NONE;

  const picked = useMemo(() => {
    const left: PickedColumns = {};
    const all = readColumns(params, ports, neverShared);
    for (const [port, tables] of Object.entries(all)) {
      for (const [table, columns] of Object.entries(tables)) {
        const kept = columns.filter(column => canTick(port, table, column));
        if (kept.length) left[port] = { ...left[port], [table]: kept };
      }
    }
    return left;
  }, [params, ports, neverShared, canTick]);

  const put = useCallback(
    (port: string, table: string, columns: readonly string[], on: boolean) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          const all = readColumns(before, ports, neverShared);
          const ticked = new Set(all[port]?.[table]);
          columns.forEach(one => (on ? ticked.add(one) : ticked.delete(one)));
          writeColumns(
            next,
            { ...all, [port]: { ...all[port], [table]: [...ticked] } },
            ports,
            neverShared,
          );
          return next;
        },
        { replace: true },
      ),
    [setParams, ports, neverShared],
  );

  const clear = useCallback(
    () =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          writeColumns(next, {}, ports, neverShared);
          return next;
        },
        { replace: true },
      ),
    [setParams, ports, neverShared],
  );

  return { picked, put, clear };
}
