import { z } from 'zod';

/**
 * Schemas whose messages say what was expected, and nothing else: `checked`
 * says where, and what was found.
 */

/** A text that is not empty, of a pattern where one is given. */
export const text = (expected = 'a text', pattern = /./s) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

export const accountId = text('an account id of twelve digits', /^\d{12}$/);

export const region = text(
  'an AWS region',
  /^[a-z]{2,8}(-[a-z]{2,16}){1,3}-\d{1,2}$/,
);

export const oneOf = <const T extends readonly string[]>(
  values: T,
  expected = `one of ${values.join(', ')}`,
) => z.enum(values, { error: expected });

export const flag = () => z.boolean({ error: 'true or false' });

/** A number, whole or not. */
export const numberFrom = (min: number) =>
  z
    .number({ error: `a number from ${min} on` })
    .min(min, { error: `a number from ${min} on` });

/** A whole number in a range. */
export function integerIn(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z
    .number({ error })
    .int({ error })
    .min(min, { error })
    .max(max, { error });
}

export const list = <T extends z.ZodType>(entry: T) =>
  z.array(entry, { error: 'a list' });

/** A list of texts; empty where it is left out. */
export const texts = (entry: z.ZodType<string> = text()) =>
  list(entry).default([]);

export const textMap = () =>
  z.record(z.string(), text(), { error: 'an object' });

/** An object of any fields. */
export const anyObject = () =>
  z.record(z.string(), z.unknown(), { error: 'an object' });

/** An object of these fields and no others: those are most often misspelt. */
export const fields = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `known are ${Object.keys(shape).join(', ')}`
        : 'an object',
  });

/** An object of which only these fields are looked at. */
export const atLeast = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.looseObject(shape, { error: 'an object' });

/** What is wrong with a value as a whole, and what was found of it. */
export interface Wrong {
  expected: string;
  found: unknown;
  /** Where in the value. */
  at?: Array<string | number>;
}

/** A check of a value as a whole. */
export const whole =
  <T>(problem: (value: T) => Wrong | undefined) =>
  (payload: z.core.ParsePayload<T>): void => {
    const wrong = problem(payload.value);
    if (!wrong) return;
    const { expected, found, at = [] } = wrong;
    payload.issues.push({
      code: 'custom',
      input: payload.value,
      message: expected,
      path: at,
      params: { found },
    });
  };

/** Names that must not stand twice. */
export function noneTwice(
  names: readonly string[],
  at: Array<string | number> = [],
): Wrong | undefined {
  const found = names.find((name, i) => names.indexOf(name) !== i);
  return found === undefined
    ? undefined
    : { expected: 'no entry twice', found, at };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What is read by the schema of the first of these fields that is there, and
 * by the last schema where none is.
 */
export const byField = <T>(
  schemas: ReadonlyArray<readonly [field: string, schema: z.ZodType<T>]>,
  otherwise: z.ZodType<T>,
): z.ZodType<T> =>
  z.unknown().transform((value, payload): T => {
    const [, schema] = schemas.find(
      ([field]) => isObject(value) && value[field] !== undefined,
    ) ?? ['', otherwise];
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    for (const issue of read.error.issues) {
      payload.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });
