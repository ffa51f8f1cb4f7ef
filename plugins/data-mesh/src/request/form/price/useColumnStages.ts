import { useMemo } from 'react';
import type {
  OutputPort,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { avoidableStages } from './columnCosts';
import { shareableColumns } from '../../../scope/picks';
import { usePreview } from './usePreview';

/**
 * The stages that single columns of a port add, known before they are picked:
 * it asks once what asking for everything would mean.
 */
export function useColumnStages(
  productRef: string,
  port: OutputPort | undefined,
  neverShared: readonly string[],
): PolicyStage[] {
  const everything = useMemo(() => {
    const tables = (port?.tables ?? []).flatMap(table => {
      const columns = shareableColumns(table, neverShared);
      return columns.length ? [{ table: table.name, columns }] : [];
    });
    return port && tables.length
      ? {
          productRef,
          port: port.name,
          scope: { level: 'read' as const, tables },
        }
      : undefined;
  }, [productRef, port, neverShared]);
  const { value, about } = usePreview(everything);
  const stages = about?.port === port?.name ? value?.policy : undefined;
  return useMemo(() => avoidableStages(stages), [stages]);
}
