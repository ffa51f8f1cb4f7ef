import { Catalog } from '../../model/state/EmulatorState';
import { grantsListedTo } from '../../model/access/sources';
import { OperationContext } from '../Operation';

/**
 * The catalogs of other accounts, in the caller's region, of which anything at
 * all is shared with the caller.
 */
export function sharedCatalogs({ state, caller }: OperationContext): Catalog[] {
  const found: Catalog[] = [];
  for (const account of state.accounts.values()) {
    const catalog = account.catalogs.get(caller.region);
    if (!catalog || catalog.accountId === caller.account) continue;
    for (const _ of grantsListedTo(catalog, caller).all()) {
      found.push(catalog);
      break;
    }
  }
  return found;
}

/** The catalogs whose databases and tables a request asks for. */
export function askedCatalogs(
  context: OperationContext,
  named: Catalog,
  resourceShareType: string | undefined,
): Catalog[] {
  const isOwn = named.accountId === context.caller.account;
  switch (resourceShareType) {
    case 'FEDERATED':
      return [];
    case 'FOREIGN':
      return isOwn ? sharedCatalogs(context) : [named];
    case 'ALL':
      return isOwn ? [named, ...sharedCatalogs(context)] : [named];
    default:
      return [named];
  }
}
