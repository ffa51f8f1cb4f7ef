import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { mayJoin } from './mayJoin';
import { CatalogPeople } from './People';

interface Org {
  /** Groups, with members and parents. */
  groups: { [name: string]: { members?: string[]; parent?: string } };
  /** Users in the catalog; default: all members. */
  users?: string[];
}

const userRef = (name: string) => `user:default/${name}`;
const groupRef = (name: string) => `group:default/${name}`;

/** A catalog with the relations that it makes of memberships and parents. */
function people({ groups, users }: Org, childGroups = true) {
  const entries = Object.entries(groups);
  const names = users ?? [
    ...new Set(entries.flatMap(([, { members = [] }]) => members)),
  ];
  const entity = (
    kind: string,
    name: string,
    relations: Entity['relations'],
  ): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations,
  });
  const catalog = new Map<string, Entity>([
    ...entries.map(([name, { members = [], parent }]): [string, Entity] => [
      groupRef(name),
      entity('Group', name, [
        ...members.map(member => ({
          type: 'hasMember',
          targetRef: userRef(member),
        })),
        ...(parent ? [{ type: 'childOf', targetRef: groupRef(parent) }] : []),
        ...entries
          .filter(([, group]) => group.parent === name)
          .map(([child]) => ({
            type: 'parentOf',
            targetRef: groupRef(child),
          })),
      ]),
    ]),
    ...names.map((name): [string, Entity] => [
      userRef(name),
      entity(
        'User',
        name,
        entries
          .filter(([, { members }]) => members?.includes(name))
          .map(([group]) => ({
            type: 'memberOf',
            targetRef: groupRef(group),
          })),
      ),
    ]),
  ]);
  const calls: string[][] = [];
  const lookUp = async (refs: readonly string[]) => {
    calls.push([...refs]);
    return new Map(
      refs.flatMap(ref => {
        const found = catalog.get(ref);
        return found ? [[ref, found] as const] : [];
      }),
    );
  };
  return {
    calls,
    catalog,
    lookUp,
    people: new CatalogPeople({ childGroups, lookUp }),
  };
}

const nested: Org = {
  groups: {
    top: { members: ['solo'] },
    kid: { members: ['kid'], parent: 'top' },
    grandkid: { members: ['kid', 'tot'], parent: 'kid' },
    other: { members: ['omar'] },
  },
};

describe('members of a reference', () => {
  it('are the members of a group and of all its descendants, each once', async () => {
    const { people: asked } = people(nested);
    expect(
      await asked.membersOf([groupRef('top'), groupRef('grandkid')]),
    ).toEqual(
      new Map([
        [groupRef('top'), ['kid', 'solo', 'tot'].map(userRef)],
        [groupRef('grandkid'), ['kid', 'tot'].map(userRef)],
      ]),
    );
  });

  it('are those of the group alone where child groups do not count', async () => {
    const { people: asked } = people(nested, false);
    expect(await asked.membersOf([groupRef('top')])).toEqual(
      new Map([[groupRef('top'), [userRef('solo')]]]),
    );
  });

  it('are the user itself', async () => {
    const { people: asked } = people(nested);
    expect(await asked.membersOf([userRef('omar')])).toEqual(
      new Map([[userRef('omar'), [userRef('omar')]]]),
    );
  });

  it('tells a reference that dangles from a group without members', async () => {
    const { people: asked } = people({ groups: { empty: {} } });
    const members = await asked.membersOf(
      [groupRef('empty'), groupRef('gone'), userRef('gone')].values(),
    );
    expect(members).toEqual(new Map([[groupRef('empty'), []]]));
  });

  it('are not users who have left the catalog', async () => {
    const { people: asked } = people({
      groups: { team: { members: ['ana', 'gone'] } },
      users: ['ana'],
    });
    expect(await asked.membersOf([groupRef('team')])).toEqual(
      new Map([[groupRef('team'), [userRef('ana')]]]),
    );
  });

  it('end where groups are each other’s parents', async () => {
    const { people: asked } = people({
      groups: {
        one: { members: ['ana'], parent: 'two' },
        two: { members: ['omar'], parent: 'one' },
      },
    });
    const both = [userRef('ana'), userRef('omar')];
    expect(await asked.membersOf([groupRef('one'), groupRef('two')])).toEqual(
      new Map([
        [groupRef('one'), both],
        [groupRef('two'), both],
      ]),
    );
  });

  it('take one look-up a level, not one a group', async () => {
    const wide: Org = { groups: { top: {} } };
    for (let index = 0; index < 40; index += 1) {
      wide.groups[`kid${index}`] = { members: [`u${index}`], parent: 'top' };
    }
    const { people: asked, calls } = people(wide);
    const members = await asked.membersOf([groupRef('top')]);
    expect(members.get(groupRef('top'))).toHaveLength(40);
    expect(calls.map(refs => refs.length)).toEqual([1, 40, 40]);
  });
});

describe('what a user stands for', () => {
  it.each<[string, boolean, string, string[]]>([
    ['its groups and their ancestors', true, 'tot', ['grandkid', 'kid', 'top']],
    [
      'its groups alone, where child groups do not count',
      false,
      'tot',
      ['grandkid'],
    ],
    ['no group below its own', true, 'solo', ['top']],
    ['each group once', true, 'kid', ['grandkid', 'kid', 'top']],
  ])('is %s', async (_, childGroups, name, groups) => {
    const refs = await people(nested, childGroups).people.refsOf(userRef(name));
    expect([...refs].sort()).toEqual(
      [userRef(name), ...groups.map(groupRef)].sort(),
    );
  });

  it('is only itself where it is not in the catalog', async () => {
    const { people: asked } = people({
      groups: { team: { members: ['gone'] } },
      users: [],
    });
    expect(await asked.refsOf(userRef('gone'))).toEqual([userRef('gone')]);
  });

  it('is no group that has left the catalog', async () => {
    const { people: asked, catalog } = people(nested);
    catalog.delete(groupRef('grandkid'));
    expect(await asked.refsOf(userRef('tot'))).toEqual([userRef('tot')]);
  });

  it('ends where groups are each other’s parents', async () => {
    const { people: asked } = people({
      groups: {
        one: { members: ['ana'], parent: 'two' },
        two: { parent: 'one' },
      },
    });
    expect(await asked.refsOf(userRef('ana'))).toEqual([
      userRef('ana'),
      groupRef('one'),
      groupRef('two'),
    ]);
  });

  it.each([true, false])(
    'is the inverse of the members, with child groups %s',
    async childGroups => {
      const { people: asked, catalog } = people(nested, childGroups);
      const all = [...catalog.keys()];
      const members = await asked.membersOf(all);
      for (const user of all.filter(ref => ref.startsWith('user:'))) {
        const refs = await asked.refsOf(user);
        for (const ref of all) {
          expect([ref, user, members.get(ref)?.includes(user)]).toEqual([
            ref,
            user,
            refs.includes(ref),
          ]);
        }
      }
    },
  );
});

describe('the groups below a reference', () => {
  it.each<[boolean, string[]]>([
    [true, ['grandkid', 'kid', 'top']],
    [false, ['top']],
  ])('with child groups %s are %j', async (childGroups, groups) => {
    const { people: asked } = people(nested, childGroups);
    const found = await asked.groupsUnder([groupRef('top'), groupRef('gone')]);
    expect([...found.keys()]).toEqual([groupRef('top')]);
    expect([...(found.get(groupRef('top')) ?? [])].sort()).toEqual(
      groups.map(groupRef),
    );
  });
});

describe('a group from a trusted location', () => {
  const org: Org = {
    groups: {
      top: { members: ['own', 'puppet', 'listed'] },
      kid: { parent: 'top', members: ['eve'] },
      named: { parent: 'top', members: ['ned'] },
      free: { members: ['eve'] },
    },
  };
  const trusted = [groupRef('top'), userRef('own')];
  const ask = () => {
    const made = people(org);
    const top = made.catalog.get(groupRef('top'));
    if (!top) throw new Error('There is no top');
    made.catalog.set(groupRef('top'), {
      ...top,
      spec: { members: ['listed'], children: ['group:default/named'] },
    });
    return new CatalogPeople({
      childGroups: true,
      lookUp: made.lookUp,
      mayJoin: mayJoin(entity => trusted.includes(stringifyEntityRef(entity))),
    });
  };

  it('is joined by those whom it names, and by those of trusted locations', async () => {
    const asked = ask();
    const members = await asked.membersOf(
      Object.keys(org.groups).map(groupRef),
    );
    expect(members.get(groupRef('top'))).toEqual(
      ['listed', 'ned', 'own'].map(userRef),
    );
    expect(members.get(groupRef('kid'))).toEqual([userRef('eve')]);
    expect(members.get(groupRef('free'))).toEqual([userRef('eve')]);
    expect(
      (await asked.groupsUnder([groupRef('top')])).get(groupRef('top')),
    ).toEqual([groupRef('top'), groupRef('named')]);
  });

  it('gives its power to nobody else', async () => {
    const asked = ask();
    expect(await asked.refsOf(userRef('puppet'))).toEqual([userRef('puppet')]);
    expect(await asked.refsOf(userRef('eve'))).toEqual([
      userRef('eve'),
      groupRef('kid'),
      groupRef('free'),
    ]);
    expect(await asked.refsOf(userRef('ned'))).toEqual([
      userRef('ned'),
      groupRef('named'),
      groupRef('top'),
    ]);
  });
});
