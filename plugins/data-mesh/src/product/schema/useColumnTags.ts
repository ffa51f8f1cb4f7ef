import { useCallback, useMemo } from 'react';
import type { TagStanding } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useTagsSeen } from '../../tag/useTagsSeen';

const NONE: readonly TagStanding[] = [];
const lower = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * The LF-Tags of a table, as far as they were seen: what all its columns
 * inherit, and what single columns have of their own.
 */
export function useColumnTags(
  productRef: string,
  port: string | undefined,
  table: string | undefined,
) {
  // Only what was seen anyway: they are an addition here.
  const seen = useTagsSeen(productRef).value;
  const tagged = seen?.tables.find(
    one =>
      one.port === port && table !== undefined && one.table === lower(table),
  );
  const own = useMemo(
    () =>
      new Map(tagged?.columns.map(({ column, tags }) => [lower(column), tags])),
    [tagged],
  );
  return {
    inherited: tagged?.tags ?? NONE,
    ownTags: useCallback(
      (column: string) => own.get(lower(column)) ?? NONE,
      [own],
    ),
  };
}
