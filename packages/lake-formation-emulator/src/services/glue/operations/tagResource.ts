import type {
  TagResourceRequest,
  TagResourceResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { checkedTags, taggedDatabase } from '../taggedDatabase';

/** Adds AWS's tags, which have nothing to do with LF-Tags. */
export const tagResource: Operation<TagResourceRequest, TagResourceResponse> = (
  input,
  context,
) => {
  const database = taggedDatabase(context, input.ResourceArn);
  database.tags = checkedTags({ ...database.tags, ...input.TagsToAdd });
  return {};
};
