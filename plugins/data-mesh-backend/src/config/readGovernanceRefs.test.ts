import { ConfigReader } from '@backstage/config';
import { readGovernanceRefs } from './readGovernanceRefs';

const read = (governance?: string[]) =>
  readGovernanceRefs(
    new ConfigReader({
      dataMesh: {
        governance,
        policy: { fallbackApprovers: ['group:default/fallback'] },
      },
    }),
  );

describe('readGovernanceRefs', () => {
  it.each([undefined, []])('has nobody govern where it is %j', given => {
    expect(read(given)).toEqual([]);
  });

  it('reads groups by name and users in full', () => {
    expect(read(['governance', 'user:default/gus'])).toEqual([
      'group:default/governance',
      'user:default/gus',
    ]);
  });

  it('names an entry that is no reference', () => {
    expect(() => read(['governance', 'group:'])).toThrow(
      /^dataMesh\.governance\[1\] is 'group:', expected/,
    );
  });
});
