import type { Role, User } from '@aws-sdk/client-iam';
import { AwsError } from '../../model/api/AwsError';
import {
  Account,
  EmulatorState,
  accountOf,
} from '../../model/state/EmulatorState';
import { principalExists } from '../../model/state/existence';
import { birthOf, roleId } from '../../model/identities/roles';
import { uniqueId } from '../../model/iam/uniqueId';

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
  const isIt = (one: string) => one.split('/').pop() === name;
  const withPath = known
    ? known.find(isIt)
    : namesInUse(account, kind).find(isIt) ?? name;
  const arn = `arn:aws:iam::${accountId}:${kind}/${withPath}`;
  if (withPath === undefined || !principalExists(state, arn)) {
    throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  }
  return arn;
}

/** Where the account lists no names, these tell a path. */
function namesInUse(account: Account, kind: 'role' | 'user'): string[] {
  const prefix = `arn:aws:iam::${account.id}:${kind}/`;
  const created = kind === 'role' ? Object.keys(account.roleBirths ?? {}) : [];
  return [
    ...created,
    ...(account.policies ?? [])
      .flatMap(({ principals }) => principals)
      .filter(arn => arn.startsWith(prefix))
      .map(arn => arn.slice(prefix.length)),
  ];
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
    RoleId: roleId(state, arn),
    Arn: arn,
    CreateDate: new Date(birthOf(state, arn)?.createdAt ?? state.startedAt),
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
