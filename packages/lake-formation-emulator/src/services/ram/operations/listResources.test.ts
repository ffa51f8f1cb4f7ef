import { ListResourcesCommand } from '@aws-sdk/client-ram';
import { startShared } from '../../../__testUtils__/shares';
import { TestClients } from '../../../__testUtils__/startTestEmulator';

const types = async (
  { ram }: TestClients,
  resourceOwner: 'SELF' | 'OTHER-ACCOUNTS',
  input: object = {},
) =>
  (
    await ram.send(new ListResourcesCommand({ resourceOwner, ...input }))
  ).resources?.map(({ type, status }) => `${type} ${status}`);

describe('ListResources', () => {
  it('shows both sides what is in their shares', async () => {
    const { owner, consumer } = await startShared();
    const all = [
      'glue:Catalog AVAILABLE',
      'glue:Database AVAILABLE',
      'glue:Table AVAILABLE',
    ];
    expect(await types(owner, 'SELF')).toEqual(all);
    expect(await types(consumer, 'OTHER-ACCOUNTS')).toEqual(all);
    expect(await types(owner, 'OTHER-ACCOUNTS')).toEqual([]);
    expect(
      await types(consumer, 'OTHER-ACCOUNTS', { resourceType: 'glue:Table' }),
    ).toEqual(['glue:Table AVAILABLE']);
    expect(await types(owner, 'SELF', { principal: 'nobody' })).toEqual([]);
  });

  it('shows nothing of what is not yet accepted', async () => {
    const { consumer } = await startShared({ accepted: false });
    expect(await types(consumer, 'OTHER-ACCOUNTS')).toEqual([]);
  });
});
