import { NotAllowedError } from '@backstage/errors';
import { aCaller } from '../testing/provisioningFixture';
import { Governance } from './Governance';

const gil = aCaller('user:default/gil', ['group:default/governance']);
const ana = aCaller('user:default/ana', ['group:default/analysts']);

describe('governance', () => {
  const governance = new Governance([
    'group:default/governance',
    'user:default/boss',
  ]);

  it.each([
    [gil, true],
    [aCaller('user:default/boss'), true],
    [ana, false],
  ])('is asked of what $userRef stands for', (caller, expected) => {
    expect(governance.isGovernance(caller)).toBe(expected);
  });

  it('shows all to auditors, who do not govern', () => {
    const audited = new Governance(governance.refs, ['group:default/auditors']);
    const aude = aCaller('user:default/aude', ['group:default/auditors']);
    expect([audited.seesAll(aude), audited.isGovernance(aude)]).toEqual([
      true,
      false,
    ]);
    expect([audited.seesAll(gil), audited.seesAll(ana)]).toEqual([true, false]);
    expect(governance.seesAll(aude)).toBe(false);
  });

  it('says whom config names to those who are none of them', () => {
    expect(() => governance.require(gil, 'Starting scans')).not.toThrow();
    expect(() => governance.require(ana, 'Starting scans')).toThrow(
      new NotAllowedError(
        'Starting scans is for data governance: dataMesh.governance names group:default/governance, user:default/boss; user:default/ana does not belong there',
      ),
    );
  });

  it('is nobody where config names nobody', () => {
    const nobody = new Governance([]);
    expect(nobody.isGovernance(gil)).toBe(false);
    expect(() => nobody.require(gil, 'Starting scans')).toThrow(
      /dataMesh\.governance names nobody, because it is empty or not set/,
    );
  });
});
