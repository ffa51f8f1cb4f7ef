import { Grantee, granteeKey } from '../model/GrantWant';
import { Place, placeKey } from '../model/Place';
import { ListedGrant } from './GrantReader';

const keyOf = (region: string, grantee: Grantee, place: Place) =>
  `${region}/${granteeKey(grantee)}/${placeKey(place)}`;

/**
 * The RAM shares that grants to other accounts were last seen in, so that who
 * has just listed a grant need not list it again to find its share.
 */
export class KnownShares {
  readonly #shares = new Map<string, string[]>();

  /** Notes what a listing of the places says of the grantee. */
  note(
    region: string,
    grantee: Grantee,
    places: Place[],
    listed: ListedGrant[],
  ): void {
    const wanted = granteeKey(grantee);
    places.forEach(place => this.#shares.delete(keyOf(region, grantee, place)));
    for (const line of listed) {
      if (granteeKey(line) === wanted && line.shares.length > 0) {
        this.#shares.set(keyOf(region, grantee, line.place), line.shares);
      }
    }
  }

  /** @returns undefined where the share of one of the places is not known */
  find(
    region: string,
    grantee: Grantee,
    places: Place[],
  ): string[] | undefined {
    const found = new Set<string>();
    for (const place of places) {
      const shares = this.#shares.get(keyOf(region, grantee, place));
      if (!shares) return undefined;
      shares.forEach(share => found.add(share));
    }
    return [...found];
  }
}
