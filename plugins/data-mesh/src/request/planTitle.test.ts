import { planTitleOf } from './planTitle';

describe('planTitleOf', () => {
  it.each([
    ['pending', undefined, 'title'],
    ['changes-requested', undefined, 'title'],
    ['rejected', undefined, 'never'],
    ['withdrawn', undefined, 'never'],
    ['lapsed', undefined, 'never'],
    ['approved', 'provisioning', 'progress'],
    ['approved', 'active', 'done'],
    ['approved', 'failed', 'done'],
    ['approved', 'revoking', 'progress'],
    ['approved', 'revoked', 'done'],
  ] as const)('of %s, %s, is %s', (state, entitlementState, title) => {
    expect(
      planTitleOf({
        state,
        entitlementId: entitlementState && 'e',
        entitlementState,
      }),
    ).toBe(title);
  });

  it('goes by what was loaded later', () => {
    const request = {
      state: 'approved',
      entitlementId: 'e',
      entitlementState: 'provisioning',
    } as const;
    expect(planTitleOf(request, 'active')).toBe('done');
    expect(planTitleOf({ ...request, entitlementState: undefined })).toBe(
      'progress',
    );
  });
});
