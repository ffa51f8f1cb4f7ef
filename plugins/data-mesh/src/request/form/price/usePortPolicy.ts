import { useMemo } from 'react';
import {
  type AccessScope,
  type OutputPort,
  type PolicyEvaluation,
  type PolicyStage,
  isColumnNamed,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../../../api';
import { shareableColumns } from '../../../scope/picks';
import { avoidableStages, stagesAddedBy } from './columnCosts';

/** The policy of a product rarely changes while somebody chooses columns. */
const KEEP_MS = 60_000;

/** What policy says of the columns of a port, each by itself. */
export interface PortPolicy {
  /** Stages that single columns add. */
  columnStages: readonly PolicyStage[];
  /**
   * Who has to agree to reading one column; nobody where a rule agrees.
   * Undefined where it is not known.
   */
  agreeTo(table: string, column: string): readonly PolicyStage[] | undefined;
}

function scopeOf(
  port: OutputPort,
  neverShared: readonly string[],
  isIn: (table: string, column: string) => boolean = () => true,
): AccessScope | undefined {
  const tables = port.tables.flatMap(table => {
    const columns = shareableColumns(table, neverShared).filter(column =>
      isIn(table.name, column),
    );
    return columns.length ? [{ table: table.name, columns }] : [];
  });
  return tables.length ? { level: 'read', tables } : undefined;
}

function usePolicyOf(
  productRef: string,
  port: OutputPort | undefined,
  scope: AccessScope | undefined,
): PolicyEvaluation | undefined {
  const api = useDataMesh();
  const draft = scope && port && { productRef, port: port.name, scope };
  return useLoad(
    draft && `policy ${JSON.stringify(draft)}`,
    () => api.previewRequest(draft ?? { productRef }),
    { live: false, keepMs: KEEP_MS },
  ).value?.policy;
}

/**
 * What asking for single columns would mean, known before any is picked. It
 * asks what all of them would mean together, and once more for those that add
 * nobody: a rule may agree to these.
 */
export function usePortPolicy(
  productRef: string,
  port: OutputPort | undefined,
  neverShared: readonly string[],
): PortPolicy {
  const everything = useMemo(
    () => port && scopeOf(port, neverShared),
    [port, neverShared],
  );
  const all = usePolicyOf(productRef, port, everything);
  const columnStages = useMemo(() => avoidableStages(all), [all]);
  const plain = useMemo(
    () =>
      port && columnStages.length > 0
        ? scopeOf(
            port,
            neverShared,
            (table, column) =>
              stagesAddedBy(columnStages, table, column).length === 0,
          )
        : undefined,
    [port, neverShared, columnStages],
  );
  const ofPlain = usePolicyOf(productRef, port, plain);
  return useMemo(() => {
    const agreeTo = (table: string, column: string) => {
      const added = stagesAddedBy(columnStages, table, column);
      if (added.length) {
        return all?.stages.filter(
          ({ columns }) => !columns || isColumnNamed(columns, table, column),
        );
      }
      return (columnStages.length ? ofPlain : all)?.stages;
    };
    return { columnStages, agreeTo };
  }, [all, ofPlain, columnStages]);
}
