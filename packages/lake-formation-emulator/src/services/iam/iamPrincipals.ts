import type { Role, User } from '@aws-sdk/client-iam';
import { AwsError } from '../../model/AwsError';
import { EmulatorState, accountOf } from '../../model/EmulatorState';
import { uniqueId } from '../../identity';

const noSuchEntity = (message: string) =>
  new AwsError('NoSuchEntity', message, 404);

/** IAM's requests name roles and users without the path. */
function arnOf(
  state: EmulatorState,
  accountId: string,
  kind: 'role' | 'user',
  name: string,
): string {
  const account = accountOf(state, accountId);
  const known = kind === 'role' ? account.roles : account.users;
  const found = known
    ? known.find(one => one.split('/').pop() === name)
    : pathInPolicies(state, accountId, kind, name) ?? name;
  if (found === undefined) {
    throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  }
  return `arn:aws:iam::${accountId}:${kind}/${found}`;
}

/** Where the account lists no names, its policies may tell a path. */
function pathInPolicies(
  state: EmulatorState,
  accountId: string,
  kind: string,
  name: string,
): string | undefined {
  const prefix = `arn:aws:iam::${accountId}:${kind}/`;
  return (accountOf(state, accountId).policies ?? [])
    .flatMap(({ principals }) => principals)
    .find(arn => arn.startsWith(prefix) && arn.endsWith(`/${name}`))
    ?.slice(prefix.length);
}

/** The ARN of a role of the account. Refuses what is not there. */
export const roleArnOf = (
  state: EmulatorState,
  accountId: string,
  name: string,
) => arnOf(state, accountId, 'role', name);

/** The ARN of a user of the account. Refuses what is not there. */
export const userArnOf = (
  state: EmulatorState,
  accountId: string,
  name: string,
) => arnOf(state, accountId, 'user', name);

/** A path as IAM gives it: `/` or `/team/`. */
function pathOf(arn: string): { path: string; name: string } {
  const names = arn.split(':')[5].split('/').slice(1);
  const name = names.pop() ?? '';
  return { path: ['', ...names, ''].join('/'), name };
}

/** Documents are URL-encoded in IAM's answers (RFC 3986). */
export const encodedDocument = (document: object) =>
  encodeURIComponent(JSON.stringify(document));

/** The trust policy that the emulator acts by: every caller may assume a role. */
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
  ],
};

/** A role as IAM sends it. */
export function renderRole(state: EmulatorState, arn: string): Role {
  const { path, name } = pathOf(arn);
  return {
    Path: path,
    RoleName: name,
    RoleId: uniqueId('AROA', arn),
    Arn: arn,
    CreateDate: new Date(state.startedAt),
    AssumeRolePolicyDocument: encodedDocument(TRUST),
    MaxSessionDuration: 43200,
  };
}

/** A user as IAM sends it. */
export function renderUser(state: EmulatorState, arn: string): User {
  const { path, name } = pathOf(arn);
  return {
    Path: path,
    UserName: name,
    UserId: uniqueId('AIDA', arn),
    Arn: arn,
    CreateDate: new Date(state.startedAt),
  };
}

/** The refusal of a policy that the role does not have. */
export const noSuchRolePolicy = (name: string) =>
  noSuchEntity(`The role policy with name ${name} cannot be found.`);
