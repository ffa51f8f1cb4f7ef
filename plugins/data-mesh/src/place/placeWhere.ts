import type { Place } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Where a place lies, like `acme-lakehouse …4321, eu-central-1`. */
export function placeWhere(place: Place, accountAlias?: string): string {
  const account = /^\d{12}/.exec(place.catalogId)?.[0];
  const where = account
    ? accountInWords({ accountId: account, accountAlias })
    : place.catalogId;
  return place.region ? `${where}, ${place.region}` : where;
}
