import type {
  CreateRoleRequest,
  CreateRoleResponse,
} from '@aws-sdk/client-iam';
import { AwsError, alreadyExists } from '../../../model/api/AwsError';
import { accountOf } from '../../../model/state/EmulatorState';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { renderRole } from '../iamPrincipals';

const NOT_YET = [
  'Description',
  'MaxSessionDuration',
  'PermissionsBoundary',
  'Tags',
];

const NAME = /^[\w+=,.@-]{1,64}$/;
const PATH = /^\/(?:[\w+=,.@-]+\/)*$/;

/**
 * Creates a role. Its trust policy must be JSON, but every caller may assume it.
 * It has no policies; those of the seed are of another role of the name.
 */
export const createRole: Operation<CreateRoleRequest, CreateRoleResponse> = (
  input,
  { state, caller, now },
) => {
  refuseMembers(input, NOT_YET);
  const { RoleName, Path = '/', AssumeRolePolicyDocument } = input;
  if (!NAME.test(RoleName) || !PATH.test(Path)) {
    throw new AwsError(
      'ValidationException',
      `The role ${Path}${RoleName} must have a name of 1 to 64 characters and a path between slashes`,
    );
  }
  try {
    JSON.parse(AssumeRolePolicyDocument);
  } catch {
    throw new AwsError(
      'MalformedPolicyDocument',
      'AssumeRolePolicyDocument is not valid JSON.',
    );
  }
  const account = accountOf(state, caller.account);
  const isIt = (one: string) => one.split('/').pop() === RoleName;
  const created = Object.keys(account.roleBirths ?? {}).filter(
    one => !account.goneRoles?.includes(one),
  );
  // Where every role exists, those are free that nobody has created.
  if ((account.roles ?? created).some(isIt)) {
    throw alreadyExists(`Role with name ${RoleName} already exists.`);
  }
  const name = `${Path.slice(1)}${RoleName}`;
  const before = account.roleBirths?.[name]?.generation ?? 0;
  account.roles = account.roles && [...account.roles, name];
  account.goneRoles = account.goneRoles?.filter(one => one !== name);
  account.roleBirths = {
    ...account.roleBirths,
    [name]: { createdAt: now.getTime(), generation: before + 1 },
  };
  return { Role: renderRole(state, `arn:aws:iam::${account.id}:role/${name}`) };
};
