import { FieldReader } from './FieldReader';
import {
  SeedDatabaseTarget,
  SeedTableTarget,
} from './LakeFormationEmulatorSeed';

const CATALOG_ID = /^\d{12}(:.+)?$/;

const readPlace = (fields: FieldReader): SeedDatabaseTarget => ({
  catalogId: fields.text(
    'catalogId',
    CATALOG_ID,
    'an account id of twelve digits, or one with a path',
  ),
  database: fields.text('database'),
  region: fields.optionalText('region'),
});

/** Reads where a link to a database leads. */
export function readDatabaseTarget(fields: FieldReader): SeedDatabaseTarget {
  fields.onlyKnows(['catalogId', 'database', 'region']);
  return readPlace(fields);
}

/** Reads where a link to a table leads. */
export function readTableTarget(fields: FieldReader): SeedTableTarget {
  fields.onlyKnows(['catalogId', 'database', 'table', 'region']);
  return { ...readPlace(fields), table: fields.text('table') };
}
