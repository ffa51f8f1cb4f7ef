import { decodeSortKey, encodeSortKey } from './page';

describe('a cursor', () => {
  it.each([[['2026-11-23T00:00:00.000Z', 'a-1']], [['x', 7, 'y']]])(
    'is read as it was written: %j',
    key => {
      expect(decodeSortKey(encodeSortKey(key), key.length)).toEqual(key);
    },
  );

  it.each(['', 'x', Buffer.from('{}').toString('base64url'), 'WzEsMl0'])(
    'refuses %j',
    cursor => {
      expect(() => decodeSortKey(cursor, 3)).toThrow(/is not a cursor/);
    },
  );
});
