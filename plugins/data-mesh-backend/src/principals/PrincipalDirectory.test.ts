import type { PrincipalResolver } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { aCaller } from '../testing/provisioningFixture';
import { PrincipalDirectory } from './PrincipalDirectory';

const ROLE = 'fake:role';
const OMAR = 'user:default/omar';
const OLGA = 'user:default/olga';
const members: { [ref: string]: string[] } = {
  [OMAR]: [OMAR],
  [OLGA]: [OLGA],
  'group:default/solo': [OMAR],
  'group:default/lone': [OMAR],
  'group:default/pair': [OLGA, OMAR],
  'group:default/empty': [],
};

/** A directory in which the references lead to the role. */
function directory(actors: string[], options: { isKnown: boolean }) {
  const resolver: PrincipalResolver = {
    resolve: async refs =>
      refs.filter(ref => actors.includes(ref)).map(via => ({ id: ROLE, via })),
    ...(options.isKnown && { actorsOf: async () => actors }),
  };
  return new PrincipalDirectory({
    resolvers: [resolver],
    people: {
      membersOf: async refs =>
        new Map(
          [...refs].flatMap(ref =>
            members[ref] ? [[ref, members[ref]] as const] : [],
          ),
        ),
    },
    provisioners: new ProvisionerRegistry(),
    aliases: new Map(),
  });
}

describe('a principal', () => {
  const omar = aCaller(OMAR, [
    'group:default/solo',
    'group:default/lone',
    'group:default/pair',
  ]);

  it.each<[string, string[], boolean]>([
    ['the user itself', [OMAR], true],
    [
      'a group of which the user is the only member',
      ['group:default/solo'],
      true,
    ],
    [
      'several such groups and the user',
      [OMAR, 'group:default/solo', 'group:default/lone'],
      true,
    ],
    [
      'such a group, and one that is empty or gone',
      ['group:default/solo', 'group:default/empty', 'group:default/gone'],
      true,
    ],
    ['a group of others too', ['group:default/pair'], false],
    ['such a group and another user', ['group:default/solo', OLGA], false],
    ['others only', [OLGA], false],
    ['nobody', [], false],
  ])('is only theirs, if %s leads to it: %j, %s', async (_, actors, only) => {
    expect(
      await directory(actors, { isKnown: true }).isOnlyOf(ROLE, omar),
    ).toBe(only);
  });

  describe('of which it is not known who else leads to it', () => {
    const asked = (actors: string[], via?: string) =>
      directory(actors, { isKnown: false }).isOnlyOf(ROLE, omar, via);

    it('is taken for theirs where nobody else is known', async () => {
      expect(await asked(['group:default/pair'])).toBe(true);
      expect(await asked(['group:default/solo'], 'group:default/solo')).toBe(
        true,
      );
    });

    it('is not, where the request shows others', async () => {
      expect(await asked(['group:default/pair'], 'group:default/pair')).toBe(
        false,
      );
    });

    it('is not theirs where nothing leads to them', async () => {
      expect(await asked([OLGA])).toBe(false);
    });
  });
});
