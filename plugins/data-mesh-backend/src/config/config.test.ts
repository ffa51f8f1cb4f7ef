import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_POLICY_RULES } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';
import { readAccountAliases } from './readAccountAliases';
import {
  readNewlyReached,
  readPolicyRules,
  readUndoSeconds,
} from './readPolicyRules';

const config = (dataMesh: JsonObject) =>
  mockServices.rootConfig({ data: { dataMesh } });

describe('readPolicyRules', () => {
  it('has defaults', () => {
    expect(readPolicyRules(config({}))).toEqual(DEFAULT_POLICY_RULES);
    expect(readPolicyRules(config({ policy: {} }))).toEqual(
      DEFAULT_POLICY_RULES,
    );
  });

  it('reads what is set, and completes references', () => {
    expect(
      readPolicyRules(
        config({
          policy: {
            maxDurationDays: 20,
            purposes: [{ id: 'x', title: 'X' }],
            stewards: ['privacy', 'user:stella'],
            fallbackApprovers: ['group:mesh/board'],
            requestLapseDays: 3,
            autoApprove: { sameDomain: true },
          },
        }),
      ),
    ).toEqual({
      maxDurationDays: 20,
      // No longer than what may be asked for.
      defaultDurationDays: 20,
      purposes: [{ id: 'x', title: 'X' }],
      stewards: ['group:default/privacy', 'user:default/stella'],
      fallbackApprovers: ['group:mesh/board'],
      requestLapseDays: 3,
      autoApprove: { publicData: false, sameDomain: true },
    });
  });

  it.each<[JsonObject, RegExp]>([
    [{ maxDurationDays: 0 }, /policy\.maxDurationDays: 0/],
    [{ requestLapseDays: 1.5 }, /policy\.requestLapseDays: 1\.5/],
    [
      { defaultDurationDays: 40, maxDurationDays: 30 },
      /defaultDurationDays: 40 is more than maxDurationDays/,
    ],
    [{ stewards: [':x'] }, /policy\.stewards: ':x'/],
  ])('refuses %j', (policy, message) => {
    expect(() => readPolicyRules(config({ policy }))).toThrow(message);
  });
});

describe('readUndoSeconds', () => {
  it.each([
    [{}, 5],
    [{ policy: { undoSeconds: 0 } }, 0],
    [{ policy: { undoSeconds: 60 } }, 60],
  ])('reads %j', (dataMesh, seconds) => {
    expect(readUndoSeconds(config(dataMesh))).toBe(seconds);
  });

  it.each([-1, 1.5, 61])('refuses %d', undoSeconds => {
    expect(() => readUndoSeconds(config({ policy: { undoSeconds } }))).toThrow(
      /policy\.undoSeconds: .*an integer from 0 to 60/,
    );
  });
});

describe('readNewlyReached', () => {
  it.each([
    [{}, 'tell'],
    [{ policy: { stewards: [] } }, 'tell'],
    [{ policy: { newlyReached: 'tell' } }, 'tell'],
    [{ policy: { newlyReached: 'suspend' } }, 'suspend'],
  ])('of %j is %s', (dataMesh, rule) => {
    expect(readNewlyReached(config(dataMesh))).toBe(rule);
  });

  it('refuses what it does not know', () => {
    expect(() =>
      readNewlyReached(config({ policy: { newlyReached: 'revoke' } })),
    ).toThrow(/newlyReached: 'revoke'.*expected 'tell' or 'suspend'/);
  });
});

describe('readAccountAliases', () => {
  it('takes account ids as text and as numbers', () => {
    const accounts = [
      { accountId: '012345678901', alias: 'a' },
      { accountId: 210987654321, alias: 'b' },
    ];
    expect([...readAccountAliases(config({ accounts }))]).toEqual([
      ['012345678901', 'a'],
      ['210987654321', 'b'],
    ]);
    expect(readAccountAliases(config({})).size).toBe(0);
  });
});
