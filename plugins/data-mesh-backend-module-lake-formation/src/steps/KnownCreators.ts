import { Place, placeKey } from '../model/Place';
import { ListedGrant, holdingsOf } from './GrantReader';
import { AccessByPlace, accessOn } from './HeldAccess';

const keyOf = (region: string, place: Place) => `${region}/${placeKey(place)}`;

/** What Lake Formation gave who made a thing, by principal. */
export function creatorsIn(listed: ListedGrant[], place: Place): AccessByPlace {
  const key = placeKey(place);
  const lines = listed.filter(
    line => line.principalId === line.updatedBy && placeKey(line.place) === key,
  );
  return new Map(
    lines.map(line => [
      line.principalId,
      accessOn(holdingsOf({ principalId: line.principalId }, lines), place),
    ]),
  );
}

/**
 * What the creators of links were last seen to hold on them, so that who has
 * just taken back the last right to see a link need not list it once more to
 * delete it. What has changed since shows in the look that comes after.
 */
export class KnownCreators {
  readonly #creators = new Map<string, AccessByPlace>();

  /** Notes what a listing of the places says. */
  note(region: string, places: Place[], listed: ListedGrant[]): void {
    for (const place of places) {
      this.#creators.set(keyOf(region, place), creatorsIn(listed, place));
    }
  }

  /** Once only: afterwards the link is another one. */
  take(region: string, place: Place): AccessByPlace | undefined {
    const key = keyOf(region, place);
    const found = this.#creators.get(key);
    this.#creators.delete(key);
    return found;
  }
}
