import { creatorOf, isAdministrator, seesEverything } from './access';
import { Catalog } from '../state/EmulatorState';
import { Grant, GrantResource, resourceKey } from '../grants/Grant';
import { ListedGrant, listedAs } from '../grants/listGrants';
import {
  PERMISSIONS_BY_RESOURCE,
  Permission,
  sortedUnion,
} from '../grants/Permission';
import { possiblePermissions } from '../grants/possiblePermissions';
import { reachesOf } from './reach';
import { reachesAnyValue } from '../grants/tagExpression';

/** Administrators assign a tag only where they have granted that to themselves. */
const ADMINISTRATORS_ON_TAGS: readonly Permission[] = [
  'ALTER',
  'DESCRIBE',
  'DROP',
  'GRANT_WITH_LF_TAG_EXPRESSION',
];

function ofAdministrator(resource: GrantResource): readonly Permission[] {
  switch (resource.kind) {
    case 'catalog':
      return ['CREATE_DATABASE'];
    case 'lfTag':
      return ADMINISTRATORS_ON_TAGS;
    default:
      return possiblePermissions(resource);
  }
}

/** What administrators and creators have without any grant, as AWS lists it. */
function implicitPermissions(
  catalog: Catalog,
  principal: string,
  resource: GrantResource,
): Pick<Grant, 'permissions' | 'grantable'> {
  if (resource.kind === 'lfTag' && creatorOf(catalog, resource) === principal) {
    const all = PERMISSIONS_BY_RESOURCE.lfTag;
    return { permissions: all, grantable: all };
  }
  if (
    isAdministrator(catalog, principal) ||
    creatorOf(catalog, resource) === principal
  ) {
    const all = ofAdministrator(resource);
    return { permissions: all, grantable: all };
  }
  const describes =
    seesEverything(catalog, principal) &&
    (resource.kind === 'database' || resource.kind === 'table');
  return { permissions: describes ? ['DESCRIBE'] : [], grantable: [] };
}

/** The grants that one principal has on the very resource. */
function* grantsOnIt(
  { grants }: Catalog,
  principal: string,
  resource: GrantResource,
): Iterable<Grant> {
  if (resource.kind !== 'lfTag') {
    yield* grants.held(principal, resource);
    return;
  }
  for (const grant of grants.onTag(principal, resource.key)) {
    if (
      grant.resource.kind === 'lfTag' &&
      reachesAnyValue(grant.resource.values, resource.values)
    ) {
      yield grant;
    }
  }
}

/** What reaches the resource from elsewhere: all tables, tag policies. */
function* grantsFromElsewhere(
  catalog: Catalog,
  principal: string,
  resource: GrantResource,
): Iterable<Grant> {
  const own = resourceKey(resource);
  for (const { grant } of reachesOf(
    catalog,
    catalog.grants,
    principal,
    resource,
  )) {
    if (resourceKey(grant.resource) !== own) yield grant;
  }
}

/**
 * The lines of a listing by principal *and* resource: explicit grants on it, on
 * all tables and by tag policies, joined with what an administrator has
 * implicitly. The two are not told apart, as AWS does not tell them apart.
 */
export function effectiveLines(
  catalog: Catalog,
  principal: string,
  resource: GrantResource,
): ListedGrant[] {
  const implicit = implicitPermissions(catalog, principal, resource);
  const onIt = [...grantsOnIt(catalog, principal, resource)];
  const explicit = onIt.find(({ condition }) => condition === undefined);
  const lines: ListedGrant[] = [];
  if (implicit.permissions.length) {
    lines.push(
      ...listedAs({
        principal,
        resource,
        permissions: sortedUnion(
          implicit.permissions,
          explicit?.permissions ?? [],
        ),
        grantable: sortedUnion(implicit.grantable, explicit?.grantable ?? []),
        sequence: 0,
        updatedAt: explicit?.updatedAt ?? 0,
        updatedBy: explicit?.updatedBy ?? principal,
      }),
      ...onIt.filter(grant => grant !== explicit).flatMap(listedAs),
    );
  } else {
    lines.push(...onIt.flatMap(listedAs));
  }
  for (const grant of grantsFromElsewhere(catalog, principal, resource)) {
    lines.push(...listedAs(grant));
  }
  // In the order of all listings, so that pages can be cut.
  return lines.sort((a, b) => a.grant.sequence - b.grant.sequence);
}
