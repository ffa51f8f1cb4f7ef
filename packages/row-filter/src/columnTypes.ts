/**
 * What the type of a column means to row filters: what it is compared with, a
 * struct with fields, or nothing that rows can be filtered by.
 *
 * @public
 */
export type RowFilterColumnType =
  | { readonly kind: 'string' | 'number' | 'boolean' }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'unsupported' };

// AWS's guide names no dates and timestamps, and no literals for them.
const SIMPLE: ReadonlyArray<[RegExp, 'string' | 'number' | 'boolean']> = [
  [/^(string|(var)?char(\(\d+\))?)$/, 'string'],
  [
    /^(tinyint|smallint|int|integer|long|bigint|float|real|double|decimal(\(\d+(,\d+)?\))?)$/,
    'number',
  ],
  [/^boolean$/, 'boolean'],
];

/** `a:int,b:struct<c:int,d:string>` → its parts between the outer commas. */
function outerParts(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '<' || character === '(') depth += 1;
    if (character === '>' || character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter(Boolean);
}

/**
 * Reads a type as Glue writes it, like `decimal(10,2)` or `struct<city:string>`.
 *
 * @public
 */
export function rowFilterColumnType(type: string): RowFilterColumnType {
  const plain = type.replace(/\s+/g, '').toLowerCase();
  const simple = SIMPLE.find(([pattern]) => pattern.test(plain));
  if (simple) return { kind: simple[1] };
  const inner = /^struct<(.*)>$/.exec(plain)?.[1];
  if (inner === undefined) return { kind: 'unsupported' };
  const fields = outerParts(inner).map((part): [string, string] => {
    const colon = part.indexOf(':');
    return [part.slice(0, colon), part.slice(colon + 1)];
  });
  return { kind: 'struct', fields: new Map(fields) };
}
