import { createHash } from 'node:crypto';

/** The Data Catalog's resource policy. */
export interface ResourcePolicyRecord {
  /** As it came, JSON. */
  readonly json: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What changes with every change of the policy. */
export const policyHash = ({ json }: ResourcePolicyRecord) =>
  createHash('sha256').update(json).digest('base64');

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : [value];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The statements of a policy's JSON; undefined where it is no policy. */
export function statementsOf(
  json: string,
): Record<string, unknown>[] | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isObject(policy) || policy.Statement === undefined) return undefined;
  const statements = asList(policy.Statement);
  return statements.every(isObject) ? statements : undefined;
}

const names = (patterns: unknown, value: string) =>
  asList(patterns).some(
    pattern =>
      typeof pattern === 'string' &&
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replace(/\*/g, '.*')
          .replace(/\?/g, '.')}$`,
        'i',
      ).test(value),
  );

const RAM = 'ram.amazonaws.com';

const concernsRam = (principal: unknown) =>
  principal === '*' ||
  (isObject(principal) &&
    (asList(principal.Service).includes(RAM) ||
      asList(principal.AWS).includes('*')));

/**
 * Whether RAM may share the catalog. Without a policy it may; with one only
 * where it says so. AWS lets a grant succeed that is blocked so.
 */
export function allowsSharing(
  policy: ResourcePolicyRecord | undefined,
): boolean {
  if (!policy) return true;
  const concerned = (statementsOf(policy.json) ?? []).filter(
    ({ Action, Principal }) =>
      names(Action, 'glue:ShareResource') && concernsRam(Principal),
  );
  return (
    concerned.some(({ Effect }) => Effect === 'Allow') &&
    !concerned.some(({ Effect }) => Effect === 'Deny')
  );
}
