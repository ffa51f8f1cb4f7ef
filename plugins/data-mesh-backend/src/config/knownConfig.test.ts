import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { requireKnownKeys } from './knownConfig';

const check = (dataMesh: JsonObject) =>
  requireKnownKeys(new ConfigReader({ dataMesh }));

describe('keys below dataMesh', () => {
  it.each<[string, JsonObject]>([
    ['nothing', {}],
    [
      'a policy',
      { policy: { stewards: [], autoApprove: { publicData: true } } },
    ],
    ['purposes', { policy: { purposes: [{ id: 'x', title: 'X' }] } }],
    ['what other packages read', { lakeFormation: { any: { thing: 1 } } }],
    ['places', { domains: [{ domain: 'x', holds: [{ tag: { key: 'k' } }] }] }],
  ])('may be %s', (_, dataMesh) => {
    expect(() => check(dataMesh)).not.toThrow();
  });

  it.each<[JsonObject, string]>([
    [
      { policy: { steward: ['group:default/privacy'] } },
      'dataMesh.policy.steward (did you mean dataMesh.policy.stewards?)',
    ],
    [
      { policy: { autoapprove: { publicData: true } } },
      'dataMesh.policy.autoapprove (did you mean dataMesh.policy.autoApprove?)',
    ],
    [
      {
        policy: {
          purposes: [
            { id: 'a', title: 'A' },
            { id: 'x', titles: 'X' },
          ],
        },
      },
      'dataMesh.policy.purposes[1].titles (did you mean dataMesh.policy.purposes[1].title?)',
    ],
    [
      { goverance: ['group:default/governance'] },
      'dataMesh.goverance (did you mean dataMesh.governance?)',
    ],
    [
      { people: { xyz: true } },
      'dataMesh.people.xyz (known there: childGroups)',
    ],
    [
      // A name of every object is no key.
      { policy: { constructor: 1 } },
      'dataMesh.policy.constructor (known there: ',
    ],
  ])('are refused in %j', (dataMesh, found) => {
    expect(() => check(dataMesh)).toThrow(found);
  });

  it('are named all at once', () => {
    expect(() => check({ scann: {}, polcy: {} })).toThrow(
      /dataMesh\.scan\?\); dataMesh\.polcy \(did you mean dataMesh\.policy\?\)/,
    );
  });
});
