import type { DatabaseInput } from '@aws-sdk/client-glue';
import { DatabaseRecord } from '../../model/Catalog';
import { readDefaults } from '../lakeformation/dataLakeSettings';
import { Validated } from '../Operation';
import { storedName } from '../../model/storedName';
import { refuseMembers } from './glueCatalog';

/** What a request may say of a database. */
export type DatabaseProperties = Pick<
  DatabaseRecord,
  'name' | 'description' | 'locationUri' | 'parameters'
> &
  Partial<Pick<DatabaseRecord, 'createTableDefaultPermissions'>>;

/** Reads Glue's DatabaseInput; links and federation are refused by name. */
export function readDatabaseInput(
  input: Validated<DatabaseInput>,
): DatabaseProperties {
  refuseMembers(input, ['TargetDatabase', 'FederatedDatabase']);
  return {
    name: storedName(input.Name),
    description: input.Description,
    locationUri: input.LocationUri,
    parameters: input.Parameters,
    createTableDefaultPermissions:
      input.CreateTableDefaultPermissions &&
      readDefaults(input.CreateTableDefaultPermissions),
  };
}
