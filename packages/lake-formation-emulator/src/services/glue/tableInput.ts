import type { TableInput } from '@aws-sdk/client-glue';
import { invalidInput } from '../../model/api/AwsError';
import { TableDefinition } from '../../model/catalog/TableDefinition';
import { TableTarget } from '../../model/catalog/TableRecord';
import { Validated } from '../Operation';
import { storedName } from '../../model/api/storedName';
import { refuseMembers } from './glueCatalog';
import { readTableTarget } from './links';
import { storedDefinition } from './renderTable';

/** What a request says of a table. */
export interface TableProperties {
  name: string;
  definition: TableDefinition;
  location?: string;
  /** Set for a resource link. */
  target?: TableTarget;
}

/** Reads Glue's TableInput; views are refused by name. */
export function readTableInput(
  input: Validated<TableInput> | undefined,
): TableProperties {
  if (!input) {
    throw invalidInput('TableInput must be given.');
  }
  refuseMembers(input, ['ViewDefinition']);
  const columns = [
    ...(input.StorageDescriptor?.Columns ?? []),
    ...(input.PartitionKeys ?? []),
  ].map(({ Name }) => Name);
  if (new Set(columns).size !== columns.length) {
    throw invalidInput('Duplicate columns found.');
  }
  const { TargetTable, ...definition } = input;
  return {
    name: storedName(input.Name),
    definition: storedDefinition(definition),
    target: TargetTable && readTableTarget(TargetTable),
    location: input.StorageDescriptor?.Location,
  };
}
