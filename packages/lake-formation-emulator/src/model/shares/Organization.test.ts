import { Organization, groupsOfMember, hasGroup } from './Organization';

const MESH: Organization = {
  id: 'o-mesh',
  managementAccount: '999999999999',
  accounts: ['999999999999', '111111111111', '222222222222'],
  units: [
    { id: 'ou-a', accounts: ['111111111111'] },
    { id: 'ou-b', parent: 'ou-a', accounts: ['222222222222'] },
    { id: 'ou-c', accounts: [] },
  ],
  sharingEnabled: true,
};

const arn = (rest: string) => `arn:aws:organizations::999999999999:${rest}`;

describe('an organization', () => {
  it.each([
    ['999999999999', []],
    ['111111111111', ['ou-a']],
    ['222222222222', ['ou-b', 'ou-a']],
  ])('reaches %s by itself and by %j', (account, units) => {
    expect(groupsOfMember(MESH, account)).toEqual([
      arn('organization/o-mesh'),
      ...units.map(unit => arn(`ou/o-mesh/${unit}`)),
    ]);
  });

  it('has its own groups, not those of others', () => {
    expect(hasGroup(MESH, arn('organization/o-mesh'))).toBe(true);
    expect(hasGroup(MESH, arn('ou/o-mesh/ou-c'))).toBe(true);
    expect(hasGroup(MESH, arn('ou/o-mesh/ou-d'))).toBe(false);
    expect(
      hasGroup(MESH, 'arn:aws:organizations::888888888888:organization/o-mesh'),
    ).toBe(false);
  });
});
