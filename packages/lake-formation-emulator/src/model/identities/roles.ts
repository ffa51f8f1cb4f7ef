import { RoleBirth } from '../iam/RoleBirth';
import { uniqueId } from '../iam/uniqueId';
import { EmulatorState, accountOf } from '../state/EmulatorState';

/** `arn:aws:iam::A:role/path/N` as account and name with path. */
function partsOf(roleArn: string): { account: string; name: string } {
  const parts = roleArn.split(':');
  return { account: parts[4], name: parts[5].replace(/^role\//, '') };
}

export function birthOf(
  state: EmulatorState,
  roleArn: string,
): RoleBirth | undefined {
  const { account, name } = partsOf(roleArn);
  return accountOf(state, account).roleBirths?.[name];
}

/** The id of a role. One that is created again under its name has another. */
export function roleId(state: EmulatorState, roleArn: string): string {
  const generation = birthOf(state, roleArn)?.generation ?? 0;
  return uniqueId('AROA', generation ? `${roleArn}#${generation}` : roleArn);
}
