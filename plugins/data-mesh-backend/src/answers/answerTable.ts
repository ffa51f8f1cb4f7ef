import type {
  AccessAnswer,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Column, ExportedTable } from '../http/sendTable';

type Item = AccessAnswer['items'][number];

/** A question in words, and who asked it when. */
export interface Asked {
  words: string;
  query: WhoQuery | WhatQuery;
  by: string;
  at: Date;
}

const columns: ReadonlyArray<Column<Item>> = [
  ['principal', item => item.principal.id],
  ['principal kind', item => item.principal.kind],
  ['principal name', item => item.principal.name],
  ['account', item => item.principal.accountId],
  ['resource', item => item.resource.words],
  ['catalog', item => item.resource.catalogId],
  ['region', item => item.resource.region],
  ['database', item => item.resource.database],
  ['table', item => item.resource.table],
  ['columns', item => item.resource.columns?.join(' ')],
  ['excluded columns', item => item.resource.excludedColumns?.join(' ')],
  ['row filter', item => item.resource.rowFilter],
  ['permissions', item => item.permissions.join(' ')],
  ['by', item => item.reasons.map(({ kind }) => kind).join(' ')],
  ['because', item => item.reasons.map(({ words }) => words).join('; ')],
  [
    'requests',
    item =>
      [
        ...new Set(item.reasons.flatMap(({ requestId }) => requestId ?? [])),
      ].join(' ') || undefined,
  ],
];

/** The question of who can see a table or a column. */
export function whoInWords({ database, table, column }: WhoQuery): string {
  return `Who can see ${[database, table, column].filter(Boolean).join('.')}`;
}

/** The question of what somebody can see. */
export function whatInWords(
  { principal }: WhatQuery,
  { subject }: Pick<AccessAnswer, 'subject'>,
): string {
  return `What can ${subject?.title ?? principal} see`;
}

/** An answer as a file, which tells also what was asked and what is not known. */
export function answerTable(
  answer: AccessAnswer,
  { words, query, by, at }: Asked,
): ExportedTable<Item> {
  const { items, ...rest } = answer;
  const exportedAt = at.toISOString();
  return {
    name: `access-${answer.asOf.slice(0, 10)}`,
    columns,
    rows: [items],
    about: [
      ['question', words],
      ['as of', answer.asOf],
      ['known', answer.isKnown ? 'yes' : 'no: no scan had looked by then'],
      ['changes since', String(answer.changes.length)],
      ['cannot know', answer.caveats.join('; ')],
      ['exported at', exportedAt],
      ['exported by', by],
    ],
    facts: { question: words, query, exportedAt, exportedBy: by, ...rest },
  };
}
