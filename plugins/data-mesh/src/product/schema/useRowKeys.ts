import { useState } from 'react';
import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useKeys } from '../../components/useKeys';

/** J and K, or arrows, move through the columns, X ticks. */
export function useRowKeys(options: {
  columns: DataProductColumn[];
  /** The column to begin at. */
  goTo?: string;
  onToggle: (column: DataProductColumn) => void;
}) {
  const { columns, goTo, onToggle } = options;
  const [moved, setMoved] = useState<{ name?: string; isByKey: boolean }>({
    name: goTo,
    isByKey: false,
  });
  const found = columns.findIndex(({ name }) => name === moved.name);
  const current = found < 0 ? undefined : found;
  const step = (by: number) => () => {
    const begin = by > 0 ? -1 : columns.length;
    const next = columns[(current ?? begin) + by];
    if (next) setMoved({ name: next.name, isByKey: true });
  };
  const down = step(1);
  const up = step(-1);
  useKeys({
    j: down,
    ArrowDown: moved.isByKey ? down : undefined,
    k: up,
    ArrowUp: moved.isByKey ? up : undefined,
    x: current === undefined ? undefined : () => onToggle(columns[current]),
  });
  return {
    current,
    isByKey: moved.isByKey,
    go: (index: number) =>
      setMoved({ name: columns[index]?.name, isByKey: false }),
  };
}
