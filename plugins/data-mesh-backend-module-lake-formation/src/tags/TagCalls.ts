import {
  AddLFTagsToResourceCommand,
  CreateLFTagCommand,
  DeleteLFTagCommand,
  GetLFTagCommand,
  RemoveLFTagsFromResourceCommand,
  UpdateLFTagCommand,
  type AddLFTagsToResourceCommandInput,
  type CreateLFTagCommandInput,
  type DeleteLFTagCommandInput,
  type LFTagError,
  type LakeFormationClient,
  type RemoveLFTagsFromResourceCommandInput,
  type UpdateLFTagCommandInput,
} from '@aws-sdk/client-lakeformation';
import { InputError, isError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { BatchError } from '../aws/BatchError';

/** Makes the call of a step about LF-Tags. What is so already is fine. */
export async function callTags(
  client: LakeFormationClient,
  { operation, input }: PlanStep['call'],
  signal?: AbortSignal,
): Promise<void> {
  const options = { abortSignal: signal };
  switch (operation) {
    case 'CreateLFTag': {
      const tag = input as unknown as CreateLFTagCommandInput;
      try {
        await client.send(new CreateLFTagCommand(tag), options);
      } catch (error) {
        if (!isAlreadyThere(error)) throw error;
        await addValues(client, tag, signal);
      }
      return;
    }
    case 'UpdateLFTag': {
      await change(client, input as unknown as UpdateLFTagCommandInput, signal);
      return;
    }
    case 'DeleteLFTag': {
      const tag = input as unknown as DeleteLFTagCommandInput;
      await unless('EntityNotFoundException', () =>
        client.send(new DeleteLFTagCommand(tag), options),
      );
      return;
    }
    case 'AddLFTagsToResource': {
      const { Failures } = await client.send(
        new AddLFTagsToResourceCommand(
          input as unknown as AddLFTagsToResourceCommandInput,
        ),
        options,
      );
      refuseFailures(Failures, () => false);
      return;
    }
    case 'RemoveLFTagsFromResource': {
      const { Failures } = await client.send(
        new RemoveLFTagsFromResourceCommand(
          input as unknown as RemoveLFTagsFromResourceCommandInput,
        ),
        options,
      );
      refuseFailures(Failures, code => code === 'EntityNotFoundException');
      return;
    }
    default:
      throw new InputError(
        `A step about LF-Tags calls ${operation}, expected one that creates, changes, deletes, assigns or removes LF-Tags`,
      );
  }
}

/** AWS has no code of its own for it. */
function isAlreadyThere(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'AlreadyExistsException' ||
      (error.name === 'InvalidInputException' &&
        /already exists/i.test(error.message)))
  );
}

/** Somebody else was faster to create the key: its values are what counts. */
function addValues(
  client: LakeFormationClient,
  { CatalogId, TagKey, TagValues }: CreateLFTagCommandInput,
  signal?: AbortSignal,
): Promise<void> {
  return change(
    client,
    { CatalogId, TagKey, TagValuesToAdd: TagValues },
    signal,
  );
}

async function change(
  client: LakeFormationClient,
  wanted: UpdateLFTagCommandInput,
  signal?: AbortSignal,
): Promise<void> {
  const open = await openChange(client, wanted, signal);
  if (open) {
    await client.send(new UpdateLFTagCommand(open), { abortSignal: signal });
  }
}

/** Of values to add those that are not there, of values to delete those that are. */
async function openChange(
  client: LakeFormationClient,
  wanted: UpdateLFTagCommandInput,
  signal?: AbortSignal,
): Promise<UpdateLFTagCommandInput | undefined> {
  const { CatalogId, TagKey } = wanted;
  const { TagValues = [] } = await client.send(
    new GetLFTagCommand({ CatalogId, TagKey }),
    { abortSignal: signal },
  );
  const add = wanted.TagValuesToAdd?.filter(one => !TagValues.includes(one));
  const remove = wanted.TagValuesToDelete?.filter(one =>
    TagValues.includes(one),
  );
  if (!add?.length && !remove?.length) return undefined;
  return {
    CatalogId,
    TagKey,
    ...(add?.length && { TagValuesToAdd: add }),
    ...(remove?.length && { TagValuesToDelete: remove }),
  };
}

async function unless(code: string, send: () => Promise<unknown>) {
  try {
    await send();
  } catch (error) {
    if (!isError(error) || error.name !== code) throw error;
  }
}

/** AWS answers with success and tells each tag that failed. */
function refuseFailures(
  failures: LFTagError[] | undefined,
  isFine: (code: string) => boolean,
): void {
  const failed = (failures ?? []).flatMap(({ LFTag, Error: reason }) => {
    const code = reason?.ErrorCode ?? 'UnknownError';
    if (isFine(code)) return [];
    const message = reason?.ErrorMessage ?? 'AWS gave no reason';
    return [{ subject: `LF-Tag ${LFTag?.TagKey}`, code, message }];
  });
  if (failed.length > 0) throw new BatchError(failed, failed.length);
}
