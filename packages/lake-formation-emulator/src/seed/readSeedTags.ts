import { FieldReader } from './FieldReader';
import {
  SeedLfTag,
  SeedLfTagExpression,
  SeedTagExpression,
} from './LakeFormationEmulatorSeed';
import { region } from './seedFields';

/** `{ "sensitivity": ["public", "internal"] }` */
export function readTagExpression(fields: FieldReader): SeedTagExpression {
  return Object.fromEntries(
    fields.names().map(key => [key, fields.texts(key)]),
  );
}

/** Reads an LF-Tag of the seed. */
export function readTag(fields: FieldReader): SeedLfTag {
  fields.onlyKnows(['region', 'key', 'values']);
  return {
    region: region(fields),
    key: fields.text('key'),
    values: fields.texts('values'),
  };
}

/** Reads a saved LF-Tag expression of the seed. */
export function readSavedExpression(fields: FieldReader): SeedLfTagExpression {
  fields.onlyKnows(['region', 'name', 'description', 'expression']);
  return {
    region: region(fields),
    name: fields.text('name'),
    description: fields.optionalText('description'),
    expression: readTagExpression(fields.object('expression')),
  };
}
