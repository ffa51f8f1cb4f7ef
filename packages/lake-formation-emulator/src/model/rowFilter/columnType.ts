/** What a column's type allows in a row filter. */
export type ColumnType =
  | { readonly kind: 'string' | 'number' | 'boolean' }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'unsupported'; readonly type: string };

const SIMPLE: readonly [RegExp, 'string' | 'number' | 'boolean'][] = [
  [/^(string|(var)?char(\(\d+\))?)$/, 'string'],
  [
    /^(tinyint|smallint|int|integer|long|bigint|float|real|double|decimal(\(\d+(,\d+)?\))?)$/,
    'number',
  ],
  [/^boolean$/, 'boolean'],
];

/** Splits `a:int,b:struct<c:int,d:string>` at its outer commas. */
function splitFields(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let start = 0;
  [...text].forEach((char, at) => {
    if (char === '<' || char === '(') depth += 1;
    if (char === '>' || char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      fields.push(text.slice(start, at));
      start = at + 1;
    }
  });
  return [...fields, text.slice(start)].filter(Boolean);
}

/** Reads a type as Glue spells it: `bigint`, `struct<city:string>`. */
export function columnType(spelt: string | undefined): ColumnType {
  const type = (spelt ?? '').replace(/\s+/g, '').toLocaleLowerCase('en-US');
  const simple = SIMPLE.find(([pattern]) => pattern.test(type));
  if (simple) return { kind: simple[1] };
  const inner = /^struct<(.*)>$/.exec(type)?.[1];
  if (inner === undefined) return { kind: 'unsupported', type: spelt ?? '' };
  const fields = new Map(
    splitFields(inner).map(field => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1)] as const;
    }),
  );
  return { kind: 'struct', fields };
}
