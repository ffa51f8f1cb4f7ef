import type {
  RemoveLFTagsFromResourceRequest,
  RemoveLFTagsFromResourceResponse,
} from '@aws-sdk/client-lakeformation';
import { entityNotFound, invalidInput } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { TagChange, changeResourceTags } from '../changeResourceTags';
import { effectiveTags } from '../taggedResource';

const remove: TagChange = (target, own, key, value) => {
  const { [key]: found, ...others } = own;
  if (found === value) return others;
  if (found === undefined && effectiveTags(target)[key] === value) {
    throw invalidInput(
      `The LF-Tag ${key} is inherited: it can be overridden here, and removed only where it is assigned.`,
    );
  }
  throw entityNotFound(`The LF-Tag ${key}=${value} is not on the resource.`);
};

/** Takes LF-Tags that are assigned to the resource itself. */
export const removeLFTagsFromResource: Operation<
  RemoveLFTagsFromResourceRequest,
  RemoveLFTagsFromResourceResponse
> = (input, context) => ({
  Failures: changeResourceTags(input, context, remove),
});
