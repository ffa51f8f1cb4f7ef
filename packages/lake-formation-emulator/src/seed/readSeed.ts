import { z } from 'zod';
import { behaviourSchema } from '../input/behaviourSchema';
import { checked } from '../input/checked';
import { fields, list, noneTwice, whole } from '../input/fields';
import { readPolicyDocument } from '../model/iam/PolicyDocument';
import { accountSchema } from './schema/accountSchema';
import { organizationsSchema } from './schema/organizationSchema';
import { LakeFormationEmulatorSeed, SeedAccount } from './SeedAccount';

const SUBJECT = "The emulator's seed";

/** Keys name their callers across all accounts. */
function keysAlike(accounts: readonly SeedAccount[]) {
  const twice = noneTwice(
    accounts.flatMap(({ keys = [] }) =>
      keys.map(({ accessKeyId }) => accessKeyId),
    ),
  );
  return twice && { ...twice, expected: 'no access key twice' };
}

const seedSchema: z.ZodType<LakeFormationEmulatorSeed> = fields({
  accounts: list(accountSchema)
    .default([])
    .check(
      whole(
        accounts =>
          noneTwice(accounts.map(({ id }) => id)) ?? keysAlike(accounts),
      ),
    ),
  organizations: organizationsSchema.default([]),
  behaviour: behaviourSchema.optional(),
});

/**
 * Checks a seed field by field.
 *
 * @throws TypeError that names the field, what was found and what was expected
 */
export function readSeed(seed: unknown): LakeFormationEmulatorSeed {
  const read = checked(seedSchema, seed, SUBJECT);
  return {
    ...read,
    accounts: read.accounts.map((account, i) => ({
      ...account,
      policies: account.policies?.map((policy, k) => ({
        ...policy,
        document: readPolicyDocument(
          policy.document,
          `${SUBJECT} at accounts[${i}].policies[${k}].document`,
        ),
      })),
    })),
  };
}
