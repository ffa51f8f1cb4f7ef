import {
  AddLFTagsToResourceCommand,
  CreateLFTagCommand,
  GetResourceLFTagsCommand,
  LFTagPair,
  LakeFormationClient,
  ListLFTagsCommand,
  RemoveLFTagsFromResourceCommand,
  Resource,
} from '@aws-sdk/client-lakeformation';

const pairs = (tags: Record<string, string>) =>
  Object.entries(tags).map(([TagKey, value]) => ({
    TagKey,
    TagValues: [value],
  }));

const spoken = (tags: LFTagPair[] = []) =>
  Object.fromEntries(
    tags.map(({ TagKey, TagValues }) => [TagKey, TagValues?.join('|')]),
  );

export const createTag = (
  client: LakeFormationClient,
  TagKey: string,
  ...TagValues: string[]
) => client.send(new CreateLFTagCommand({ TagKey, TagValues }));

/** Assigns tags and returns what failed, as `key: code`. */
export async function assignTags(
  client: LakeFormationClient,
  resource: Resource,
  tags: Record<string, string>,
): Promise<string[]> {
  const { Failures = [] } = await client.send(
    new AddLFTagsToResourceCommand({
      Resource: resource,
      LFTags: pairs(tags),
    }),
  );
  return Failures.map(
    ({ LFTag, Error }) => `${LFTag?.TagKey}: ${Error?.ErrorCode}`,
  );
}

/** Takes tags and returns what failed, as `key: message`. */
export async function removeTags(
  client: LakeFormationClient,
  resource: Resource,
  tags: Record<string, string>,
): Promise<string[]> {
  const { Failures = [] } = await client.send(
    new RemoveLFTagsFromResourceCommand({
      Resource: resource,
      LFTags: pairs(tags),
    }),
  );
  return Failures.map(
    ({ LFTag, Error }) => `${LFTag?.TagKey}: ${Error?.ErrorMessage}`,
  );
}

/** The tags of a resource by where they are. */
export async function tagsOf(
  client: LakeFormationClient,
  resource: Resource,
  ShowAssignedLFTags?: boolean,
) {
  const { LFTagOnDatabase, LFTagsOnTable, LFTagsOnColumns } = await client.send(
    new GetResourceLFTagsCommand({ Resource: resource, ShowAssignedLFTags }),
  );
  return {
    ...(LFTagOnDatabase && { database: spoken(LFTagOnDatabase) }),
    ...(LFTagsOnTable && { table: spoken(LFTagsOnTable) }),
    ...(LFTagsOnColumns && {
      columns: Object.fromEntries(
        LFTagsOnColumns.map(({ Name, LFTags }) => [Name, spoken(LFTags)]),
      ),
    }),
  };
}

/** All LF-Tags that someone sees, as `key: value, value`. */
export async function tagsSeenBy(
  client: LakeFormationClient,
  MaxResults?: number,
): Promise<string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListLFTagsCommand({ MaxResults, NextToken }),
    );
    for (const { TagKey, TagValues } of page.LFTags ?? []) {
      found.push(`${TagKey}: ${TagValues?.join(', ')}`);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}
