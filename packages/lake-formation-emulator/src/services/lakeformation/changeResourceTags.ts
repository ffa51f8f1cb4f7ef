import type {
  AddLFTagsToResourceRequest,
  LFTagError,
  LFTagPair,
} from '@aws-sdk/client-lakeformation';
import {
  AwsError,
  invalidInput,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import { TagsByKey, storedTag } from '../../model/grants/tagExpression';
import { OperationContext, Validated } from '../Operation';
import { mayWithTag, noSuchTag } from './lfTags';
import {
  TagTarget,
  TaggedResource,
  assignTags,
  findTaggedResource,
  ownTags,
  requireOwnership,
  targetsOf,
} from './taggedResource';

const MAX_TAGS = 50;

/** What one tag of a call does to the own tags of a target. */
export type TagChange = (
  target: TagTarget,
  own: TagsByKey,
  key: string,
  value: string,
) => TagsByKey;

/** Reads the tag of a pair, which the caller must be able to associate. */
function readPair(
  { TagKey, TagValues, CatalogId }: Validated<LFTagPair>,
  { catalog }: TaggedResource,
  { caller }: OperationContext,
): [key: string, value: string] {
  if (CatalogId !== undefined && CatalogId !== catalog.accountId) {
    throw invalidInput(
      `An LF-Tag and the resource it is assigned to must be in the same account, found ${CatalogId} and ${catalog.accountId}.`,
    );
  }
  const [value] = TagValues;
  if (TagValues.length !== 1 || !value) {
    throw invalidInput(
      `A resource has one value for the LF-Tag ${TagKey}, found ${TagValues.length}.`,
    );
  }
  const key = storedTag(TagKey);
  const stored = storedTag(value);
  const isThere = catalog.lfTags.get(key)?.values.includes(stored) ?? false;
  const asked = { key, values: [stored] };
  if (!mayWithTag(catalog, caller, asked, 'ASSOCIATE')) {
    throw isThere ? notThereOrNotAllowed() : noSuchTag();
  }
  if (!isThere) throw noSuchTag();
  return [key, stored];
}

function changeOne(
  pair: Validated<LFTagPair>,
  found: TaggedResource,
  context: OperationContext,
  change: TagChange,
) {
  const [key, value] = readPair(pair, found, context);
  const changed = targetsOf(found).map(target => {
    const tags = change(target, ownTags(target), key, value);
    if (Object.keys(tags).length > MAX_TAGS) {
      throw invalidInput(`A resource may have up to ${MAX_TAGS} LF-Tags.`);
    }
    return { target, tags };
  });
  changed.forEach(({ target, tags }) => assignTags(target, tags));
}

function refuseBadCall(tags: readonly Validated<LFTagPair>[]) {
  if (!tags.length || tags.length > MAX_TAGS) {
    throw invalidInput(
      `A call takes 1 to ${MAX_TAGS} LF-Tags, found ${tags.length}.`,
    );
  }
  const keys = tags.map(({ TagKey }) => storedTag(TagKey));
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) {
    throw invalidInput(`The LF-Tag ${twice} stands twice in the call.`);
  }
}

/**
 * Changes the tags of a resource one by one. A tag that fails is reported and
 * does not stop the others: the call as a whole succeeds.
 */
export function changeResourceTags(
  { Resource, LFTags, CatalogId }: Validated<AddLFTagsToResourceRequest>,
  context: OperationContext,
  change: TagChange,
): LFTagError[] {
  refuseBadCall(LFTags);
  const found = findTaggedResource(Resource, CatalogId, context);
  requireOwnership(found, context);
  const failures: LFTagError[] = [];
  for (const pair of LFTags) {
    try {
      const fault = context.entryFault(pair);
      if (fault) throw fault;
      changeOne(pair, found, context, change);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failures.push({
        LFTag: pair,
        Error: { ErrorCode: error.code, ErrorMessage: error.message },
      });
    }
  }
  return failures;
}
