import type { DatabaseInput } from '@aws-sdk/client-glue';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import { readDefaults } from '../lakeformation/dataLakeSettings';
import { Validated } from '../Operation';
import { storedName } from '../../model/api/storedName';
import { refuseMembers } from './glueCatalog';
import { readDatabaseTarget } from './links';

/** What a request may say of a database. */
export type DatabaseProperties = Pick<
  DatabaseRecord,
  'name' | 'description' | 'locationUri' | 'parameters' | 'target'
> &
  Partial<Pick<DatabaseRecord, 'createTableDefaultPermissions'>>;

/** Reads Glue's DatabaseInput; federation is refused by name. */
export function readDatabaseInput(
  input: Validated<DatabaseInput>,
): DatabaseProperties {
  refuseMembers(input, ['FederatedDatabase']);
  return {
    name: storedName(input.Name),
    description: input.Description,
    locationUri: input.LocationUri,
    parameters: input.Parameters,
    target: input.TargetDatabase && readDatabaseTarget(input.TargetDatabase),
    createTableDefaultPermissions:
      input.CreateTableDefaultPermissions &&
      readDefaults(input.CreateTableDefaultPermissions),
  };
}
