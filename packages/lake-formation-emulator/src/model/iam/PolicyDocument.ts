/**
 * A statement of an IAM policy, in IAM's own words.
 *
 * @public
 */
export interface IamPolicyStatement {
  /** A name for people. */
  Sid?: string;
  /** Allow, or Deny, which wins over every Allow. */
  Effect: 'Allow' | 'Deny';
  /** Such as `lakeformation:GrantPermissions`, with `*` and `?`. */
  Action?: string | string[];
  /** Everything but these actions. */
  NotAction?: string | string[];
  /** ARNs with `*` and `?`. */
  Resource?: string | string[];
  /** Everything but these. */
  NotResource?: string | string[];
}

/**
 * An identity-based IAM policy as AWS's documents are written. Conditions and
 * policy variables are refused by name.
 *
 * @public
 */
export interface IamPolicyDocument {
  /** `2012-10-17` in practice. */
  Version?: string;
  /** One statement, or a list. */
  Statement: IamPolicyStatement | IamPolicyStatement[];
}

/** A policy of an account, and the principals that have it. */
export interface IamPolicy {
  readonly name: string;
  /** An inline policy stands in one role or user; a managed one is attached. */
  readonly inline: boolean;
  readonly document: IamPolicyDocument;
  /** ARNs of roles and users. */
  readonly principals: readonly string[];
}

const DOCUMENT_FIELDS = ['Version', 'Id', 'Statement'];
const STATEMENT_FIELDS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
];

export const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checkTexts(value: unknown, path: string) {
  const texts = listOf(value);
  texts.forEach((text, i) => {
    const at = Array.isArray(value) ? `${path}[${i}]` : path;
    if (typeof text !== 'string' || text === '') {
      throw new TypeError(
        `${at} must be a text, found ${JSON.stringify(text) ?? 'nothing'}`,
      );
    }
    if (text.includes('${')) {
      throw new TypeError(
        `${at} has a policy variable, which the emulator does not implement: ${text}`,
      );
    }
  });
  if (!texts.length) throw new TypeError(`${path} must not be empty`);
}

function checkStatement(statement: unknown, path: string) {
  if (!isObject(statement)) {
    throw new TypeError(`${path} must be an object`);
  }
  const unknown = Object.keys(statement).find(
    field => !STATEMENT_FIELDS.includes(field),
  );
  if (unknown) {
    throw new TypeError(
      `${path}.${unknown} is not implemented by the emulator; known are ${STATEMENT_FIELDS.join(
        ', ',
      )}`,
    );
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new TypeError(
      `${path}.Effect must be Allow or Deny, found ${JSON.stringify(
        statement.Effect,
      )}`,
    );
  }
  for (const [one, other] of [
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
  ]) {
    const given = [one, other].filter(field => statement[field] !== undefined);
    if (given.length !== 1) {
      throw new TypeError(`${path} must have either ${one} or ${other}`);
    }
    checkTexts(statement[given[0]], `${path}.${given[0]}`);
  }
}

/**
 * Checks a policy document.
 *
 * @throws TypeError that names the field and the reason
 */
export function readPolicyDocument(
  data: unknown,
  path: string,
): IamPolicyDocument {
  if (!isObject(data)) {
    throw new TypeError(`${path} must be a policy document`);
  }
  const unknown = Object.keys(data).find(
    field => !DOCUMENT_FIELDS.includes(field),
  );
  if (unknown) {
    throw new TypeError(
      `${path}.${unknown} is unknown; known are ${DOCUMENT_FIELDS.join(', ')}`,
    );
  }
  if (data.Statement === undefined) {
    throw new TypeError(`${path}.Statement must be given`);
  }
  listOf(data.Statement).forEach((statement, i) =>
    checkStatement(
      statement,
      Array.isArray(data.Statement)
        ? `${path}.Statement[${i}]`
        : `${path}.Statement`,
    ),
  );
  return structuredClone(data) as unknown as IamPolicyDocument;
}
