import { notEmulated } from '../model/api/AwsError';

/** Members that AWS takes and the emulator would only seem to honour. */
export function refuseMembers(input: object, members: readonly string[]) {
  const found = members.find(
    member => (input as Record<string, unknown>)[member] !== undefined,
  );
  if (found) {
    throw notEmulated(`the parameter ${found} yet`);
  }
}
