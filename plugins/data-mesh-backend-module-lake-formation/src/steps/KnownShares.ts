import { Grantee } from '../lake/grant';
import { granteeKey, resourceKey } from '../lake/keys';
import { LakeResource } from '../lake/resource';
import { ListedGrant } from '../lake/wire';

const keyOf = (region: string, grantee: Grantee, resource: LakeResource) =>
  `${region}/${granteeKey(grantee)}/${resourceKey(resource)}`;

/**
 * The RAM shares that grants to other accounts were last seen in, so that who
 * has just listed a grant need not list it again to find its share.
 */
export class KnownShares {
  readonly #shares = new Map<string, string[]>();

  /** Notes what a listing of the resources says of the grantee. */
  note(
    region: string,
    grantee: Grantee,
    resources: LakeResource[],
    listed: ListedGrant[],
  ): void {
    const wanted = granteeKey(grantee);
    resources.forEach(resource =>
      this.#shares.delete(keyOf(region, grantee, resource)),
    );
    for (const line of listed) {
      if (granteeKey(line.grantee) === wanted && line.shares.length > 0) {
        this.#shares.set(keyOf(region, grantee, line.resource), line.shares);
      }
    }
  }

  /** @returns undefined where the share of one of the resources is not known */
  find(
    region: string,
    grantee: Grantee,
    resources: LakeResource[],
  ): string[] | undefined {
    const found = new Set<string>();
    for (const resource of resources) {
      const shares = this.#shares.get(keyOf(region, grantee, resource));
      if (!shares) return undefined;
      shares.forEach(share => found.add(share));
    }
    return [...found];
  }
}
