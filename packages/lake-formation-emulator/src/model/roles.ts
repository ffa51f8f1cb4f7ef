import { createHash } from 'node:crypto';
import { EmulatorState, accountOf } from './EmulatorState';

/** When a role came to be that the seed does not know, or not this one of its name. */
export interface RoleBirth {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** How many roles of the name there were before. */
  readonly generation: number;
}

/** A unique id as IAM would give it: stable for the same text. */
export const uniqueId = (prefix: string, text: string) =>
  prefix +
  createHash('sha256')
    .update(text)
    .digest('hex')
    .toLocaleUpperCase('en-US')
    .slice(0, 17);

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
