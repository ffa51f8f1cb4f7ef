import { holdingsOf, AccessByResource, accessOn } from '../lake/held';
import { resourceKey } from '../lake/keys';
import { LakeResource } from '../lake/resource';
import { ListedGrant } from '../lake/wire';

const keyOf = (region: string, resource: LakeResource) =>
  `${region}/${resourceKey(resource)}`;

/** What Lake Formation gave who made a thing, by principal. */
export function creatorsIn(
  listed: ListedGrant[],
  resource: LakeResource,
): AccessByResource {
  const key = resourceKey(resource);
  const lines = listed.filter(
    line =>
      line.grantee.principalId === line.updatedBy &&
      resourceKey(line.resource) === key,
  );
  return new Map(
    lines.map(line => [
      line.grantee.principalId,
      accessOn(holdingsOf(line.grantee, lines), resource),
    ]),
  );
}

/**
 * What the creators of links were last seen to hold on them, so that who has
 * just taken back the last right to see a link need not list it once more to
 * delete it. What has changed since shows in the look that comes after.
 */
export class KnownCreators {
  readonly #creators = new Map<string, AccessByResource>();

  /** Notes what a listing of the resources says. */
  note(region: string, resources: LakeResource[], listed: ListedGrant[]): void {
    for (const resource of resources) {
      this.#creators.set(keyOf(region, resource), creatorsIn(listed, resource));
    }
  }

  /** Once only: afterwards the link is another one. */
  take(region: string, resource: LakeResource): AccessByResource | undefined {
    const key = keyOf(region, resource);
    const found = this.#creators.get(key);
    this.#creators.delete(key);
    return found;
  }
}
