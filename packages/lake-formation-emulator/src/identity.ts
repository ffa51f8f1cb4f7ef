import { AwsError } from './model/api/AwsError';
import { Caller } from './model/iam/Caller';
import { EmulatorState, accountOf } from './model/state/EmulatorState';
import { rootOf, isAccountId } from './model/iam/principals';
import { roleId } from './model/identities/roles';
import { uniqueId } from './model/iam/uniqueId';

/** What the Authorization header of a request says. */
export interface CredentialScope {
  accessKeyId: string;
  region: string;
  /** The service's signing name. */
  service: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=[^,\s]+,\s*Signature=[0-9a-f]{64}$/;

/**
 * Reads the credential scope. Signatures are not verified, but the header must
 * be one that AWS would try to verify.
 */
export function readCredentialScope(
  authorization: string | undefined,
): CredentialScope {
  if (!authorization) {
    throw new AwsError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      403,
    );
  }
  const found = AUTHORIZATION.exec(authorization.trim());
  if (!found) {
    throw new AwsError(
      'IncompleteSignatureException',
      'Authorization header must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
      403,
    );
  }
  const [, accessKeyId, , region, service] = found;
  return { accessKeyId, region, service };
}

/** STS drops a role's path from the name of the session. */
const roleName = (roleArn: string) => roleArn.split('/').pop() ?? '';

export const assumedRoleArn = (roleArn: string, sessionName: string) =>
  `arn:aws:sts::${roleArn.split(':')[4]}:assumed-role/${roleName(
    roleArn,
  )}/${sessionName}`;

export const assumedRoleId = (
  state: EmulatorState,
  roleArn: string,
  sessionName: string,
) => `${roleId(state, roleArn)}:${sessionName}`;

/** The role behind an assumed-role ARN, with its path where the account has it. */
function roleOfSession(
  state: EmulatorState,
  account: string,
  name: string,
): string {
  const withPath = accountOf(state, account).roles?.find(
    role => role.split('/').pop() === name,
  );
  return `arn:aws:iam::${account}:role/${withPath ?? name}`;
}

type Identity = Omit<Caller, 'region'>;

const rootIdentity = (account: string): Identity => ({
  account,
  arn: rootOf(account),
  userId: account,
  principal: rootOf(account),
  sessionTags: {},
});

function roleIdentity(
  state: EmulatorState,
  roleArn: string,
  sessionName: string,
  sessionTags: Record<string, string>,
): Identity {
  return {
    account: roleArn.split(':')[4],
    arn: assumedRoleArn(roleArn, sessionName),
    userId: assumedRoleId(state, roleArn, sessionName),
    principal: roleArn,
    sessionTags,
  };
}

/** Who a key of the seed acts as. */
function keyIdentity(state: EmulatorState, principal: string): Identity {
  const [account, kind, name, session] = principal
    .split(':')
    .slice(4)
    .flatMap((part, i) => (i === 0 ? [part] : part.split('/')));
  if (kind === 'assumed-role') {
    return roleIdentity(
      state,
      roleOfSession(state, account, name),
      session,
      {},
    );
  }
  if (kind === 'role') {
    return roleIdentity(state, principal, 'emulator', {});
  }
  if (kind === 'root') {
    return rootIdentity(account);
  }
  return {
    account,
    arn: principal,
    userId: uniqueId('AIDA', principal),
    principal,
    sessionTags: {},
  };
}

/** What decides who a request's key acts as. */
export interface KeyQuestion {
  accessKeyId: string;
  sessionToken?: string;
  now: Date;
  defaultAccount?: string;
}

/** Resolves an access key id to whoever it acts as. */
export function resolveIdentity(
  state: EmulatorState,
  question: KeyQuestion,
): Identity {
  const { accessKeyId, sessionToken, now, defaultAccount } = question;
  const invalid = () =>
    new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  if (isAccountId(accessKeyId)) {
    return rootIdentity(accessKeyId);
  }
  const session = state.sessions.get(accessKeyId);
  if (session) {
    if (session.sessionToken !== sessionToken) throw invalid();
    if (session.expiresAt <= now.getTime()) {
      throw new AwsError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    }
    return {
      ...roleIdentity(
        state,
        session.roleArn,
        session.sessionName,
        session.tags,
      ),
      reachesS3Only: session.scope !== undefined,
      ...(session.policy && { sessionPolicy: session.policy }),
    };
  }
  const key = state.keys.get(accessKeyId);
  if (key) {
    return keyIdentity(state, key.principal);
  }
  if (defaultAccount) {
    return rootIdentity(defaultAccount);
  }
  throw invalid();
}
