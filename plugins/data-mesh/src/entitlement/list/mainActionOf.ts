import { isOpenRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { actionsOf } from '../actions/actionsOf';
import { reasonOf, type AccessItem } from './accessItems';

/** The one button of a row. */
export type MainAction =
  | 'retry'
  | 'reapply'
  | 'renew'
  | 'answer'
  | 'why'
  | 'use'
  | 'see'
  | 'again';

/** What its holder wants most of an access or a request, by its state. */
export function mainActionOf(item: AccessItem, now: number): MainAction {
  if (item.kind === 'request') {
    if (item.request.state === 'changes-requested') return 'answer';
    return isOpenRequest(item.request) ? 'see' : 'again';
  }
  const { access } = item;
  const may = actionsOf(access);
  switch (reasonOf(item, now)) {
    case 'broken':
      if (access.successor) return 'why';
      if (may.includes('retry')) return 'retry';
      return access.state === 'active' && may.includes('reapply')
        ? 'reapply'
        : 'why';
    case 'asked':
      return 'answer';
    case 'ending':
      return may.includes('renew') ? 'renew' : 'use';
    default:
      if (access.endedAt) return 'again';
      return access.state === 'active' ? 'use' : 'see';
  }
}
