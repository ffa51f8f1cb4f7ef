import { Catalog } from '../state/EmulatorState';
import { Grant, ResourceOfKind } from '../grants/Grant';
import {
  PERMISSIONS_BY_RESOURCE,
  Permission,
  sortedUnion,
} from '../grants/Permission';
import { reachesValue } from '../grants/tagExpression';

/** What is held on values of an LF-Tag. */
export interface TagHolding {
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
}

/** ALTER and DROP are on the key; the others are on each value of it. */
const ON_KEY: readonly Permission[] = ['ALTER', 'DROP'];

/** Whoever may assign a tag or grant with it sees it. */
export const withImpliedDescribe = (
  permissions: readonly Permission[],
): Permission[] =>
  permissions.some(one =>
    ['ASSOCIATE', 'GRANT_WITH_LF_TAG_EXPRESSION'].includes(one),
  )
    ? sortedUnion(permissions, ['DESCRIBE'])
    : [...permissions];

function onValue(grants: readonly Grant[], value: string): TagHolding {
  let permissions: Permission[] = [];
  let grantable: Permission[] = [];
  for (const grant of grants) {
    const { resource } = grant;
    if (resource.kind !== 'lfTag') continue;
    const reaches = reachesValue(resource.values, value);
    const given = (list: readonly Permission[]) =>
      reaches ? list : list.filter(one => ON_KEY.includes(one));
    permissions = sortedUnion(permissions, given(grant.permissions));
    grantable = sortedUnion(grantable, given(grant.grantable));
  }
  return { permissions, grantable };
}

const inBoth = (a: readonly Permission[], b: readonly Permission[]) =>
  a.filter(permission => b.includes(permission));

/** What grants give on every one of an LF-Tag's asked values. */
export function tagHolding(
  catalog: Catalog,
  grants: readonly Grant[],
  resource: ResourceOfKind<'lfTag'>,
  isCreator: boolean,
): TagHolding {
  if (isCreator && catalog.lfTags.has(resource.key)) {
    const all = PERMISSIONS_BY_RESOURCE.lfTag;
    return { permissions: all, grantable: all };
  }
  const held = resource.values
    .map(value => onValue(grants, value))
    .reduce((a, b) => ({
      permissions: inBoth(a.permissions, b.permissions),
      grantable: inBoth(a.grantable, b.grantable),
    }));
  return { ...held, permissions: withImpliedDescribe(held.permissions) };
}
