import type { TableInput } from '@aws-sdk/client-glue';
import { invalidInput } from '../../model/AwsError';
import { TableDefinition } from '../../model/Catalog';
import { Validated } from '../Operation';
import { storedName } from '../../model/storedName';
import { refuseMembers } from './glueCatalog';
import { storedDefinition } from './renderTable';

/** What a request says of a table. */
export interface TableProperties {
  name: string;
  definition: TableDefinition;
  location?: string;
}

/** Reads Glue's TableInput; links and views are refused by name. */
export function readTableInput(
  input: Validated<TableInput> | undefined,
): TableProperties {
  if (!input) {
    throw invalidInput('TableInput must be given.');
  }
  refuseMembers(input, ['TargetTable', 'ViewDefinition']);
  const columns = [
    ...(input.StorageDescriptor?.Columns ?? []),
    ...(input.PartitionKeys ?? []),
  ].map(({ Name }) => Name);
  if (new Set(columns).size !== columns.length) {
    throw invalidInput('Duplicate columns found.');
  }
  return {
    name: storedName(input.Name),
    definition: storedDefinition(input),
    location: input.StorageDescriptor?.Location,
  };
}
