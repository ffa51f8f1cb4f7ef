import { z } from 'zod';
import { firstProblem } from '../input/checked';
import { whole } from '../input/fields';
import { EmulatorFaultRule } from './EmulatorFaultRule';

const KINDS = [
  'throttle',
  'error',
  'internal',
  'timeout',
  'reset',
  'hold',
  'delay',
] as const;

const OF_ENTRIES: readonly string[] = ['throttle', 'error', 'internal'];

const text = z.string({ error: 'a text' }).optional();

const duration = z
  .number({ error: 'a number of milliseconds' })
  .min(0, { error: 'a number of milliseconds' })
  .optional();

const AN_ERROR = '{ code, message, status? }';

const errorSchema = z.looseObject({
  code: z.string(),
  message: z.string(),
  status: z.number().optional(),
});

const shape = {
  service: text,
  operation: text,
  account: text,
  resource: text,
  kind: z.enum(KINDS, { error: `one of ${KINDS.join(', ')}` }),
  error: z
    .custom<NonNullable<EmulatorFaultRule['error']>>(
      value => errorSchema.safeParse(value).success,
      { error: AN_ERROR },
    )
    .optional(),
  when: z.enum(['before', 'after'], { error: 'before or after' }).optional(),
  times: z
    .custom<number | 'always'>(
      value =>
        value === 'always' || z.int().positive().safeParse(value).success,
      { error: 'a positive number or always' },
    )
    .optional(),
  holdMs: duration,
  delayMs: duration,
  scope: z.enum(['call', 'entry'], { error: 'call or entry' }).optional(),
};

const ruleSchema: z.ZodType<EmulatorFaultRule> = z
  .strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `one of ${Object.keys(shape).join(', ')}`
        : undefined,
  })
  .check(
    whole(({ kind, error, delayMs, scope }) => {
      if (kind === 'error' && !error) {
        return { expected: AN_ERROR, found: error, at: ['error'] };
      }
      if (kind === 'delay' && delayMs === undefined) {
        return {
          expected: 'a number of milliseconds for a delay',
          found: delayMs,
          at: ['delayMs'],
        };
      }
      return scope === 'entry' && !OF_ENTRIES.includes(kind)
        ? {
            expected: 'throttle, error or internal for an entry of a batch',
            found: kind,
            at: ['kind'],
          }
        : undefined;
    }),
  );

/**
 * Checks a rule, above all one that came over HTTP.
 *
 * @throws TypeError that names the field, what was found and what was expected
 */
export function readFaultRule(data: unknown): EmulatorFaultRule {
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(`A fault rule must be an object, found ${data}`);
  }
  const read = ruleSchema.safeParse(data);
  if (read.success) return read.data;
  const { at, unknownField, expected, found } = firstProblem(data, read.error);
  throw new TypeError(
    `The fault rule's ${
      unknownField ?? at
    } must be ${expected}, found ${found}`,
  );
}
