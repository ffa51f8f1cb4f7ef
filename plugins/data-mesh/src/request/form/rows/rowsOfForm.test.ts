import { rowToMend } from './rowsOfForm';

describe('where sending leads to', () => {
  it('is what is missing, in the order of the form', () => {
    expect(rowToMend(['columns', 'purpose'], [{ field: 'reason' }])).toBe(
      'what',
    );
    expect(rowToMend(['tags'], [])).toBe('more');
  });

  it('is then what is refused, as far as a question is about it', () => {
    expect(rowToMend([], [{ field: 'form' }, { field: 'duration' }])).toBe(
      'long',
    );
    expect(rowToMend([], [{ field: 'form' }])).toBeUndefined();
    expect(rowToMend([], [])).toBeUndefined();
  });
});
