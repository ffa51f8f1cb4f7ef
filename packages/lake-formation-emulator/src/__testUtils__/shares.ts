import {
  GetResourceSharesCommand,
  RAMClient,
  ResourceShare,
} from '@aws-sdk/client-ram';
import { grant, onTable } from './permissions';
import {
  CrossAccountEmulator,
  READER,
  acceptAll,
  startCrossAccount,
} from './crossAccount';

export const sharesOf = async (
  ram: RAMClient,
  resourceOwner: 'SELF' | 'OTHER-ACCOUNTS' = 'SELF',
): Promise<ResourceShare[]> =>
  (await ram.send(new GetResourceSharesCommand({ resourceOwner })))
    .resourceShares ?? [];

/** `sales.orders` granted to the reader; the share's ARN. */
export async function startShared({ accepted = true } = {}): Promise<
  CrossAccountEmulator & { shareArn: string }
> {
  const emulator = await startCrossAccount();
  await grant(emulator.owner.lakeFormation, READER, onTable(), ['SELECT']);
  if (accepted) await acceptAll(emulator.consumer.ram);
  const [share] = await sharesOf(emulator.owner.ram);
  return { ...emulator, shareArn: share.resourceShareArn ?? '' };
}
