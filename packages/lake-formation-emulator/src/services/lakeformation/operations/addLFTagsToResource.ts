import type {
  AddLFTagsToResourceRequest,
  AddLFTagsToResourceResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { changeResourceTags } from '../changeResourceTags';

/** Assigns LF-Tags. A resource has one value a key: a new one replaces it. */
export const addLFTagsToResource: Operation<
  AddLFTagsToResourceRequest,
  AddLFTagsToResourceResponse
> = (input, context) => ({
  Failures: changeResourceTags(input, context, (_, own, key, value) => ({
    ...own,
    [key]: value,
  })),
});
