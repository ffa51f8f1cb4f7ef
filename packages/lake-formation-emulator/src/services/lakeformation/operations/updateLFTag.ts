import type {
  UpdateLFTagRequest,
  UpdateLFTagResponse,
} from '@aws-sdk/client-lakeformation';
import {
  invalidInput,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { isAssigned } from '../../../model/access/effectiveTags';
import { ALL_VALUES } from '../../../model/grants/tagExpression';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { mayWithTag, noSuchTag, readTagKey, readTagValues } from '../lfTags';

const MAX_VALUES = 1000;

/** Adds and takes values. One that a resource still carries cannot be taken. */
export const updateLFTag: Operation<UpdateLFTagRequest, UpdateLFTagResponse> = (
  input,
  context,
) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const key = readTagKey(input.TagKey);
  const added = readTagValues(input.TagValuesToAdd ?? []);
  const taken = readTagValues(input.TagValuesToDelete ?? []);
  if (!added.length && !taken.length) {
    throw invalidInput('TagValuesToAdd or TagValuesToDelete must be given.');
  }
  const asked = { key, values: [ALL_VALUES] };
  const isAllowed = mayWithTag(catalog, context.caller, asked, 'ALTER');
  if (!isAllowed) {
    throw notThereOrNotAllowed();
  }
  const tag = catalog.lfTags.get(key);
  if (!tag || taken.some(value => !tag.values.includes(value))) {
    throw noSuchTag();
  }
  if (taken.some(value => isAssigned(catalog, key, value))) {
    throw invalidInput('Update not allowed');
  }
  const values = [
    ...new Set([
      ...tag.values.filter(value => !taken.includes(value)),
      ...added,
    ]),
  ];
  if (!values.length) {
    throw invalidInput('An LF-Tag must have at least one value.');
  }
  if (values.length > MAX_VALUES) {
    throw invalidInput(`An LF-Tag may have up to ${MAX_VALUES} values.`);
  }
  tag.values = values;
  return {};
};
