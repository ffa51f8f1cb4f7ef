import type {
  CreateLakeFormationOptInRequest,
  CreateLakeFormationOptInResponse,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import { optInKey } from '../../../model/catalog/OptIn';
import {
  missingPart,
  partNotFound,
  principalExists,
} from '../../../model/state/existence';
import { Operation } from '../../Operation';
import { readOptIn } from '../optIns';

/**
 * Holds a principal to Lake Formation's grants on a resource that is still open
 * to IAM for the others. Opting in twice is one opt-in.
 */
export const createLakeFormationOptIn: Operation<
  CreateLakeFormationOptInRequest,
  CreateLakeFormationOptInResponse
> = (input, context) => {
  const { state, caller, now } = context;
  const { catalog, ...wanted } = readOptIn(input, context);
  const missing = missingPart(catalog, wanted.resource);
  if (missing) {
    throw partNotFound(missing);
  }
  if (!principalExists(state, wanted.principal)) {
    throw invalidInput(`Invalid principal, '${wanted.principal}'.`);
  }
  const key = optInKey(wanted.principal, wanted.resource);
  const known = catalog.optIns.get(key) ?? [];
  const before = known.find(one => one.condition === wanted.condition);
  catalog.optIns.set(key, [
    ...known.filter(one => one !== before),
    {
      ...wanted,
      sequence: before?.sequence ?? ++state.sequence,
      lastModified: now.getTime(),
      updatedBy: caller.principal,
    },
  ]);
  return {};
};
