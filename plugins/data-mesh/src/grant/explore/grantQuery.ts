import type { GrantQuery } from '@lakemesh/backstage-plugin-data-mesh-common';
import { endOfDay, GrantsUrl } from '../grantsUrl';

const KEY_OF = {
  product: 'productRef',
  principal: 'principal',
  account: 'accountId',
} as const;

/** What the list of grants asks the backend for. */
export function grantQuery(url: GrantsUrl): GrantQuery {
  const { tab, key, text, because, at } = url;
  const end = at && endOfDay(at);
  return {
    ...(tab !== 'drift' && tab !== 'doctor' && key && { [KEY_OF[tab]]: key }),
    ...(text && { q: text }),
    ...(because && { because: [because] }),
    ...(end && { at: end }),
  };
}
