import { FieldReader, wrong } from './FieldReader';
import { SeedDefaultPermission } from './LakeFormationEmulatorSeed';

/** A region as AWS names them. */
export const REGION = /^[a-z]{2,8}(-[a-z]{2,16}){1,3}-\d{1,2}$/;

/** The region of an entry, where it names one. */
export const region = (fields: FieldReader) =>
  fields.has('region')
    ? fields.text('region', REGION, 'an AWS region')
    : undefined;

/** Refuses names that stand twice. */
export function refuseDuplicates(names: readonly string[], path: string) {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw wrong(path, 'no entry twice', twice);
  }
}

/** Reads a grant that comes with what is newly created. */
export function readDefault(fields: FieldReader): SeedDefaultPermission {
  fields.onlyKnows(['principal', 'permissions']);
  return {
    principal: fields.text('principal'),
    permissions: fields.texts('permissions'),
  };
}
