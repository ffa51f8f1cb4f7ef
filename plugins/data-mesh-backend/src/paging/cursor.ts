import { InputError } from '@backstage/errors';

/** Where a page ended: the sort key of its last row. */
export interface Position {
  at: string;
  id: string;
}

/** Cursor of the page after the row. */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.at, position.id])).toString(
    'base64url',
  );
}

/** @throws InputError where the text is no cursor of ours */
export function decodeCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      Array.isArray(value) &&
      value.length === 2 &&
      value.every(part => typeof part === 'string')
    ) {
      return { at: value[0], id: value[1] };
    }
  } catch {
    // Falls through to the error that says what was expected.
  }
  throw new InputError(
    `cursor: '${cursor.slice(
      0,
      40,
    )}' is not a cursor; pass nextCursor of the page before`,
  );
}
