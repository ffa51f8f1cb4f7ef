import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What of the schema is in sight; it stands in the address. */
export interface SchemaView {
  text: string;
  only?: 'personal' | 'mine';
  /** As the address has them, which may be there no longer. */
  port: string | null;
  table: string | null;
  /** The column that a link means. */
  column?: string;
  /** Narrows what is in sight; no step for Back. */
  change(values: { [name: string]: string | undefined }): void;
  /** Shows another table, from which Back leads here. */
  show(to: { port: string; table?: string }): void;
}

function onlyOf(value: string | null): SchemaView['only'] {
  return value === 'personal' || value === 'mine' ? value : undefined;
}

export function useSchemaView(): SchemaView {
  const [params, setParams] = useSearchParams();
  const put = useCallback(
    (values: { [name: string]: string | undefined }, replace: boolean) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setParams],
  );
  return {
    text: params.get('q') ?? '',
    only: onlyOf(params.get('only')),
    port: params.get('port'),
    table: params.get('table'),
    column: params.get('column') ?? undefined,
    change: useCallback(values => put(values, true), [put]),
    show: useCallback(
      ({ port, table }) => put({ port, table, column: undefined }, false),
      [put],
    ),
  };
}
