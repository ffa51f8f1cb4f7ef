import { mayPassOnAll, shortPermissions } from './permissionsInWords';

describe('shortPermissions', () => {
  it('lists what there is', () => {
    expect(shortPermissions(['DESCRIBE', 'SELECT'])).toBe('DESCRIBE, SELECT');
  });

  it('lets ALL stand for the rest', () => {
    expect(shortPermissions(['ALL', 'ALTER', 'SELECT'])).toBe('ALL');
  });
});

describe('mayPassOnAll', () => {
  it.each([
    [['SELECT'], ['SELECT'], true],
    [['ALL', 'SELECT'], ['SELECT', 'ALL'], true],
    [['DESCRIBE', 'SELECT'], ['SELECT'], false],
    [['SELECT'], [], false],
    [[], [], false],
  ])('of %j with %j is %s', (permissions, grantable, all) => {
    expect(mayPassOnAll(permissions, grantable)).toBe(all);
  });
});
