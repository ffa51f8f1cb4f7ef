import { ACCOUNT, REGION } from '../__testUtils__/builders';
import { planTableTags } from './planTags';

/** `class=open pii=no`. */
const tags = (text: string): Map<string, string> =>
  new Map(
    text
      .split(' ')
      .filter(Boolean)
      .map(part => part.split('=') as [string, string]),
  );
const byColumn = (columns: Record<string, string>) =>
  new Map(
    Object.entries(columns).map(([column, text]) => [column, tags(text)]),
  );

function plan(options: {
  inherited?: string;
  table?: string;
  columns?: Record<string, string>;
  wanted?: string;
  wantedColumns?: Record<string, string>;
  keys?: string[];
}) {
  const { findings, steps } = planTableTags({
    accountId: ACCOUNT,
    region: REGION,
    catalogId: ACCOUNT,
    database: 'sales',
    table: 'orders',
    wanted: {
      table: tags(options.wanted ?? ''),
      columns: byColumn(options.wantedColumns ?? {}),
      keys: options.keys ?? ['class', 'pii'],
    },
    own: {
      table: tags(options.table ?? ''),
      columns: byColumn(options.columns ?? {}),
    },
    inherited: tags(options.inherited ?? ''),
  });
  return {
    findings: findings.map(
      one => `${one.kind} ${one.column ?? 'table'} ${one.key}`,
    ),
    steps: steps.map(step => step.words.text.replaceAll('`', '')),
    undo: steps.map(step => step.undo?.words.text.replaceAll('`', '')),
    calls: steps.map(step => step.call),
  };
}

describe('planning tags of a table', () => {
  it.each<[string, Parameters<typeof plan>[0], string[], string[], string[]]>([
    ['nothing is wanted and nothing is there', {}, [], [], []],
    ['it is there', { wanted: 'class=open', table: 'class=open' }, [], [], []],
    [
      'it is inherited',
      { wanted: 'class=open', inherited: 'class=open' },
      [],
      [],
      [],
    ],
    [
      'it is missing',
      { wanted: 'class=open' },
      ['missing table class'],
      ['Assign LF-Tag class = open to sales.orders'],
      ['Remove LF-Tag class = open from sales.orders'],
    ],
    [
      'another value is there',
      { wanted: 'class=open', table: 'class=secret' },
      ['different table class'],
      ['Assign LF-Tag class = open to sales.orders'],
      ['Assign LF-Tag class = secret to sales.orders'],
    ],
    [
      'another value is inherited',
      { wanted: 'class=open', inherited: 'class=secret' },
      ['different table class'],
      ['Assign LF-Tag class = open to sales.orders'],
      ['Remove LF-Tag class = open from sales.orders'],
    ],
    [
      'it overrides what it should inherit',
      { wanted: 'class=open', inherited: 'class=open', table: 'class=secret' },
      ['different table class'],
      ['Remove LF-Tag class = secret from sales.orders'],
      ['Assign LF-Tag class = secret to sales.orders'],
    ],
    [
      'nothing asks for it',
      { table: 'class=open' },
      ['excess table class'],
      ['Remove LF-Tag class = open from sales.orders'],
      ['Assign LF-Tag class = open to sales.orders'],
    ],
    [
      'nothing asks for what is inherited, which stays',
      { inherited: 'class=open' },
      ['excess table class'],
      [],
      [],
    ],
    [
      'columns differ from their table',
      {
        wanted: 'class=open pii=no',
        table: 'class=open pii=no',
        wantedColumns: { email: 'pii=yes', phone: 'pii=yes' },
      },
      ['different email pii', 'different phone pii'],
      ['Assign LF-Tag pii = yes to email and phone of sales.orders'],
      ['Remove LF-Tag pii = yes from email and phone of sales.orders'],
    ],
    [
      'a column should only follow its table',
      {
        wanted: 'class=open',
        table: 'class=open',
        columns: { email: 'class=secret' },
      },
      ['different email class'],
      ['Remove LF-Tag class = secret from email of sales.orders'],
      ['Assign LF-Tag class = secret to email of sales.orders'],
    ],
    [
      'columns follow a table that is mended',
      {
        wanted: 'class=open',
        table: 'class=secret',
        columns: { a: 'pii=x' },
        keys: ['class'],
      },
      ['different table class'],
      ['Assign LF-Tag class = open to sales.orders'],
      ['Assign LF-Tag class = secret to sales.orders'],
    ],
    [
      'a column repeats what it will inherit',
      { wanted: 'class=open', columns: { email: 'class=open' } },
      ['missing table class'],
      ['Assign LF-Tag class = open to sales.orders'],
      ['Remove LF-Tag class = open from sales.orders'],
    ],
    [
      'keys of others are there',
      { table: 'team=x', columns: { email: 'team=y' } },
      [],
      [],
      [],
    ],
  ])('where %s', (_, options, findings, steps, undo) => {
    expect(plan(options)).toEqual(
      expect.objectContaining({ findings, steps, undo }),
    );
  });

  it('makes one call of what is new and one of what replaces', () => {
    const { calls } = plan({
      wanted: 'a=1 b=2 c=3',
      table: 'a=0 d=4',
      keys: ['a', 'b', 'c', 'd'],
    });
    expect(
      calls.map(({ operation, input }) => [operation, input.LFTags]),
    ).toEqual([
      [
        'AddLFTagsToResource',
        [
          { TagKey: 'b', TagValues: ['2'] },
          { TagKey: 'c', TagValues: ['3'] },
        ],
      ],
      ['AddLFTagsToResource', [{ TagKey: 'a', TagValues: ['1'] }]],
      ['RemoveLFTagsFromResource', [{ TagKey: 'd', TagValues: ['4'] }]],
    ]);
  });
});
