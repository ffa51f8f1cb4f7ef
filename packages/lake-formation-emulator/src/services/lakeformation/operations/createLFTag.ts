import type {
  CreateLFTagRequest,
  CreateLFTagResponse,
} from '@aws-sdk/client-lakeformation';
import {
  AwsError,
  invalidInput,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { hasPermission, isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { readTagKey, readTagValues } from '../lfTags';

const MAX_TAGS = 1000;

/** Makes an LF-Tag, on which its creator has everything without a grant. */
export const createLFTag: Operation<CreateLFTagRequest, CreateLFTagResponse> = (
  input,
  context,
) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const key = readTagKey(input.TagKey);
  const values = readTagValues(input.TagValues);
  if (!values.length) {
    throw invalidInput('An LF-Tag must have at least one value.');
  }
  if (
    !isAdministrator(catalog, caller.principal) &&
    !hasPermission(catalog, caller, { kind: 'catalog' }, 'CREATE_LF_TAG')
  ) {
    throw notThereOrNotAllowed();
  }
  if (catalog.lfTags.has(key)) {
    throw invalidInput(`Tag key already exists: ${key}.`);
  }
  if (catalog.lfTags.size >= MAX_TAGS) {
    throw new AwsError(
      'ResourceNumberLimitExceededException',
      `An account may have up to ${MAX_TAGS} LF-Tags.`,
    );
  }
  catalog.lfTags.set(key, { key, values, createdBy: caller.principal });
  return {};
};
