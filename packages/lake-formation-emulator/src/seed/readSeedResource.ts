import { FieldReader, wrong } from './FieldReader';
import { SeedDataCellsFilter, SeedResource } from './LakeFormationEmulatorSeed';
import { readTagExpression } from './readSeedTags';

const S3_ARN = /^arn:aws[a-z-]*:s3:::.+/;

/** Columns by a list, by what they are not, or all where both are left out. */
export function readColumnChoice(
  fields: FieldReader,
): Pick<SeedDataCellsFilter, 'columns' | 'excludedColumns'> {
  if (fields.has('columns') && fields.has('excludedColumns')) {
    throw wrong(fields.path, 'either columns or excludedColumns', 'both');
  }
  return {
    ...(fields.has('columns') && { columns: fields.texts('columns') }),
    ...(fields.has('excludedColumns') && {
      excludedColumns: fields.texts('excludedColumns'),
    }),
  };
}

function readTagResource(fields: FieldReader): SeedResource | undefined {
  if (fields.has('lfTag')) {
    fields.onlyKnows(['lfTag', 'values']);
    return { lfTag: fields.text('lfTag'), values: fields.texts('values') };
  }
  if (fields.has('lfTagExpression')) {
    fields.onlyKnows(['lfTagExpression']);
    return { lfTagExpression: fields.text('lfTagExpression') };
  }
  if (!fields.has('lfTagPolicy')) return undefined;
  fields.onlyKnows(['lfTagPolicy', 'expression', 'expressionName']);
  const lfTagPolicy = fields.text(
    'lfTagPolicy',
    /^(DATABASE|TABLE)$/,
    'DATABASE or TABLE',
  ) as 'DATABASE' | 'TABLE';
  if (fields.has('expression') === fields.has('expressionName')) {
    throw wrong(
      fields.path,
      'either expression or expressionName',
      fields.has('expression') ? 'both' : undefined,
    );
  }
  return fields.has('expression')
    ? {
        lfTagPolicy,
        expression: readTagExpression(fields.object('expression')),
      }
    : { lfTagPolicy, expressionName: fields.text('expressionName') };
}

function readTableResource(fields: FieldReader): SeedResource {
  fields.onlyKnows([
    'database',
    'table',
    'columns',
    'excludedColumns',
    'filter',
  ]);
  const database = fields.text('database');
  if (fields.has('filter')) {
    fields.onlyKnows(['database', 'table', 'filter']);
    return {
      database,
      table: fields.text('table'),
      filter: fields.text('filter'),
    };
  }
  if (!fields.has('table')) {
    return { database };
  }
  return { database, table: fields.text('table'), ...readColumnChoice(fields) };
}

/** Reads what a grant of the seed is on. */
export function readSeedResource(fields: FieldReader): SeedResource {
  if (fields.has('catalog')) {
    fields.onlyKnows(['catalog']);
    if (!fields.flag('catalog')) {
      throw wrong(`${fields.path}.catalog`, 'true', false);
    }
    return { catalog: true };
  }
  if (fields.has('dataLocation')) {
    fields.onlyKnows(['dataLocation']);
    return {
      dataLocation: fields.text(
        'dataLocation',
        S3_ARN,
        'the ARN of a location in S3',
      ),
    };
  }
  return readTagResource(fields) ?? readTableResource(fields);
}
