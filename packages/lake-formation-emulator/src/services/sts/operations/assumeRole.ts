import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
} from '@aws-sdk/client-sts';
import { AwsError, validationError } from '../../../model/api/AwsError';
import { principalExists } from '../../../model/state/existence';
import {
  IamPolicyDocument,
  readPolicyDocument,
} from '../../../model/iam/PolicyDocument';
import { openSession } from '../../../model/identities/sessions';
import { assumedRoleArn, assumedRoleId } from '../../../identity';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';

const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/([\w+=,.@/-]+)$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const DEFAULT_DURATION_S = 3600;

function checkDuration(seconds: number) {
  if (seconds < 900 || seconds > 43200) {
    throw validationError([
      `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${
        seconds < 900
          ? 'greater than or equal to 900'
          : 'less than or equal to 43200'
      }`,
    ]);
  }
}

/** What would narrow the session, or decide whether it may be had. */
const NOT_YET = ['PolicyArns', 'ProvidedContexts', 'SerialNumber', 'TokenCode'];

/** The policy by which the caller narrows the session. */
function sessionPolicy(
  text: string | undefined,
): IamPolicyDocument | undefined {
  if (text === undefined) return undefined;
  try {
    return readPolicyDocument(JSON.parse(text), 'Policy');
  } catch (error) {
    throw new AwsError('MalformedPolicyDocument', (error as Error).message);
  }
}

/**
 * Gives out keys that act as the role. Trust policies are not modelled: every
 * caller may assume every role that exists.
 */
export const assumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = (
  input,
  { state, caller, now },
) => {
  refuseMembers(input, NOT_YET);
  const { RoleArn, RoleSessionName } = input;
  const duration = input.DurationSeconds ?? DEFAULT_DURATION_S;
  if (!ROLE_ARN.test(RoleArn)) {
    throw new AwsError('ValidationException', `${RoleArn} is invalid`);
  }
  if (!SESSION_NAME.test(RoleSessionName)) {
    throw validationError([
      `Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    ]);
  }
  checkDuration(duration);
  const policy = sessionPolicy(input.Policy);
  if (!principalExists(state, RoleArn)) {
    throw new AwsError(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      403,
    );
  }
  const keys = openSession(state, {
    roleArn: RoleArn,
    sessionName: RoleSessionName,
    tags: Object.fromEntries(
      (input.Tags ?? []).map(({ Key, Value }) => [Key, Value]),
    ),
    expiresAt: now.getTime() + duration * 1000,
    ...(policy && { policy }),
  });
  return {
    Credentials: keys,
    AssumedRoleUser: {
      AssumedRoleId: assumedRoleId(state, RoleArn, RoleSessionName),
      Arn: assumedRoleArn(RoleArn, RoleSessionName),
    },
    PackedPolicySize: 0,
  };
};
