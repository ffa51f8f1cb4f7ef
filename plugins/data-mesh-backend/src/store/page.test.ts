import { decodeCursor, encodeCursor } from '../paging/cursor';

describe('a cursor', () => {
  it('is read as it was written', () => {
    const position = { at: '2026-11-23T00:00:00.000Z', id: 'a-1' };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each(['', 'x', Buffer.from('{}').toString('base64url'), 'WzEsMl0'])(
    'refuses %j',
    cursor => {
      expect(() => decodeCursor(cursor)).toThrow(/is not a cursor/);
    },
  );
});
