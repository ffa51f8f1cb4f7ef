import type { GetTagsRequest, GetTagsResponse } from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { taggedDatabase } from '../taggedDatabase';

export const getTags: Operation<GetTagsRequest, GetTagsResponse> = (
  input,
  context,
) => ({ Tags: { ...taggedDatabase(context, input.ResourceArn).tags } });
