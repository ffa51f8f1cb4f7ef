import { driftCount } from './driftCount';

const counts = { excess: 10_000, missing: 3, identity: 1, residue: 0 };

describe('driftCount', () => {
  it('is exact where all is counted', () => {
    expect(driftCount({ counts, atLeast: [] }, 'en')).toBe('10,004');
  });

  it('says that there are more, only of the kinds of which there are', () => {
    const page = { counts, atLeast: ['excess' as const] };
    expect(driftCount(page, 'en')).toBe('10,004+');
    expect(driftCount(page, 'en', ['excess'])).toBe('10,000+');
    expect(driftCount(page, 'en', ['missing', 'identity', 'residue'])).toBe(
      '4',
    );
  });
});
