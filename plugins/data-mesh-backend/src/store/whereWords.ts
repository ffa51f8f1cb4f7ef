import type { Knex } from 'knex';

/** Each word must be found; what LIKE reads as a wildcard is taken literally. */
export function whereWords(query: Knex.QueryBuilder, text: string): void {
  for (const word of text.toLocaleLowerCase('en-US').split(/\s+/)) {
    if (word) {
      query.whereRaw("search_text like ? escape '\\'", [
        `%${word.replace(/[\\%_]/g, found => `\\${found}`)}%`,
      ]);
    }
  }
}
