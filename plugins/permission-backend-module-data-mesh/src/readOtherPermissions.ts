import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'dataMesh.permissionPolicy.otherPermissions';

/** @throws InputError for anything but `allow` and `deny` */
export function readOtherPermissions(root: Config): 'allow' | 'deny' {
  const value = root.getOptionalString(KEY) ?? 'allow';
  if (value !== 'allow' && value !== 'deny') {
    throw new InputError(`${KEY} is '${value}', expected allow or deny`);
  }
  return value;
}
