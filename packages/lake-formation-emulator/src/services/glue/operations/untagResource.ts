import type {
  UntagResourceRequest,
  UntagResourceResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { taggedDatabase } from '../taggedDatabase';

export const untagResource: Operation<
  UntagResourceRequest,
  UntagResourceResponse
> = (input, context) => {
  const database = taggedDatabase(context, input.ResourceArn);
  database.tags = Object.fromEntries(
    Object.entries(database.tags ?? {}).filter(
      ([key]) => !input.TagsToRemove.includes(key),
    ),
  );
  return {};
};
