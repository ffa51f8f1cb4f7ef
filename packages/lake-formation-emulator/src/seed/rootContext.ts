import { Catalog, EmulatorState } from '../model/state/EmulatorState';
import { rootOf } from '../model/iam/principals';
import { OperationContext } from '../services/Operation';

/** How the seed acts: as root of the account whose catalog it is. */
export const rootContext = (
  state: EmulatorState,
  catalog: Catalog,
  now: Date,
): OperationContext => ({
  state,
  caller: {
    account: catalog.accountId,
    region: catalog.region,
    arn: rootOf(catalog.accountId),
    userId: catalog.accountId,
    principal: rootOf(catalog.accountId),
    sessionTags: {},
  },
  now,
  entryFault: () => undefined,
});
