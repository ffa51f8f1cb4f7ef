import type { NewDomain } from './domainEntities';
import { domainProblems } from './domainProblems';

function aDomain(over: Partial<NewDomain> = {}): NewDomain {
  return {
    name: 'sales',
    owner: 'group:default/team-crm',
    accountId: '210987654321',
    region: 'eu-central-1',
    ...over,
  };
}

const withGroup = (group: NewDomain['group']) =>
  aDomain({ owner: undefined, group });

describe('domainProblems', () => {
  it.each([
    ['an owner', aDomain()],
    ['a user as owner', aDomain({ owner: 'user:default/jo.lind' })],
    [
      'a new group',
      withGroup({ name: 'team-x', members: ['user:default/jo.lind'] }),
    ],
    ['a region of GovCloud', aDomain({ region: 'us-gov-west-1' })],
  ])('accepts a domain with %s', (_, domain) => {
    expect(domainProblems(domain)).toEqual([]);
  });

  it.each([
    ['an empty name', aDomain({ name: '' }), 'name'],
    ['capitals in the name', aDomain({ name: 'Sales' }), 'name'],
    ['a path as name', aDomain({ name: '../../etc' }), 'name'],
    ['a name of 64 letters', aDomain({ name: 'a'.repeat(64) }), 'name'],
    ['a short account', aDomain({ accountId: '2109' }), 'accountId'],
    [
      'dashes in the account',
      aDomain({ accountId: '2109-8765-4321' }),
      'accountId',
    ],
    ['a region in words', aDomain({ region: 'Frankfurt' }), 'region'],
    ['nobody who owns it', aDomain({ owner: undefined }), 'owner'],
    ['an owner without kind', aDomain({ owner: 'team-crm' }), 'owner'],
    ['a system as owner', aDomain({ owner: 'system:default/crm' }), 'owner'],
    [
      'both an owner and a new group',
      aDomain({ group: { name: 'team-x' } }),
      'owner',
    ],
    ['a bad group name', withGroup({ name: 'Team X' }), 'group.name'],
    [
      'a group as member',
      withGroup({ name: 'x', members: ['group:default/y'] }),
      'group.members[0]',
    ],
  ])('refuses a domain with %s and names the field', (_, domain, field) => {
    expect(domainProblems(domain).map(problem => problem.field)).toEqual([
      field,
    ]);
  });

  it('names all problems at once', () => {
    const fields = domainProblems(
      aDomain({ name: '', owner: '', accountId: '', region: '' }),
    ).map(({ field }) => field);
    expect(fields).toEqual(['name', 'owner', 'accountId', 'region']);
  });
});
