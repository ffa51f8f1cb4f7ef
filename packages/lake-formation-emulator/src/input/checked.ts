import { z } from 'zod';

/** `accounts[0].keys` */
const spelt = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (spoken, part) =>
      typeof part === 'number'
        ? `${spoken}[${part}]`
        : `${spoken}${spoken && '.'}${String(part)}`,
    '',
  );

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | null)?.[part],
    data,
  );

/** What is wrong with data, first of all. */
export interface FirstProblem {
  /** Empty at the root. */
  at: string;
  /** A field that nobody would read; then `expected` says which are read. */
  unknownField?: string;
  expected: string;
  /** As JSON, or `nothing`. */
  found: string;
}

/** A problem of the schemas in `fields`, with its place. */
export function firstProblem(data: unknown, error: z.ZodError): FirstProblem {
  const [first] = error.issues;
  const issue =
    error.issues.find(({ code }) => code === 'unrecognized_keys') ?? first;
  const params = issue.code === 'custom' ? issue.params : undefined;
  const unknown =
    issue.code === 'unrecognized_keys'
      ? [...issue.path, issue.keys[0]]
      : undefined;
  const found =
    params && 'found' in params
      ? params.found
      : valueAt(data, unknown ?? issue.path);
  return {
    at: spelt(issue.path),
    ...(unknown && { unknownField: spelt(unknown) }),
    expected: issue.message,
    found: found === undefined ? 'nothing' : JSON.stringify(found),
  };
}

/**
 * Reads data by a schema.
 *
 * @param subject - what is read, as errors shall call it
 * @throws TypeError that names the field, what was found and what was expected
 */
export function checked<T>(
  schema: z.ZodType<T>,
  data: unknown,
  subject: string,
  under = '',
): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const { at, unknownField, expected, found } = firstProblem(data, read.error);
  const place = [under, at].filter(Boolean).join('.');
  throw new TypeError(
    unknownField
      ? `${subject} has the unknown field ${[under, unknownField]
          .filter(Boolean)
          .join('.')}; ${expected}`
      : `${subject} is wrong at ${
          place || 'its root'
        }: expected ${expected}, found ${found}`,
  );
}
