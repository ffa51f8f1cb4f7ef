import type { GrantPermissionsRequest } from '@aws-sdk/client-lakeformation';
import { answerInvitation } from '../model/sharing/changeShare';
import { grant } from '../services/lakeformation/changePermissions';
import { OperationContext, Validated } from '../services/Operation';
import { lakeFormationModel } from '../wire/models/lakeFormation';
import { readInput } from '../wire/readInput';
import { SeedAccount } from './SeedAccount';
import { SeedGrant } from './SeedGrant';
import { inCatalog, wireResource } from './wireResource';

/** Grants as the account's root would, with all of Lake Formation's checks. */
function applyGrant(seed: SeedGrant, context: OperationContext) {
  const { grantOption = false, catalogId } = seed;
  const passable = grantOption === true ? seed.permissions : grantOption || [];
  const resource = wireResource(seed.resource);
  const request = readInput(lakeFormationModel, 'GrantPermissionsRequest', {
    Principal: { DataLakePrincipalIdentifier: seed.principal },
    Resource:
      catalogId === undefined ? resource : inCatalog(resource, catalogId),
    Permissions: seed.permissions,
    PermissionsWithGrantOption: passable,
    ...(seed.condition !== undefined && {
      Condition: { Expression: seed.condition },
    }),
  }) as unknown as Validated<GrantPermissionsRequest>;
  grant(request, undefined, context);
}

/** Accepts what an account has shared with a principal. */
function acceptShares(
  { state, now, caller }: OperationContext,
  recipient: string,
) {
  for (const invitation of state.shares.invitations()) {
    const share = state.shares.get(invitation.shareArn);
    const isAsked =
      invitation.sender === caller.account &&
      share?.recipient === recipient &&
      invitation.status === 'PENDING';
    if (isAsked) {
      answerInvitation(state, invitation, 'ACCEPTED', now.getTime());
    }
  }
}

/** Whether a grant passes on what another account shares. */
const isPassedOn = (account: SeedAccount, { catalogId }: SeedGrant) =>
  catalogId !== undefined && catalogId.split(':')[0] !== account.id;

/**
 * Applies the grants of all accounts: first those on what an account owns, then
 * what is passed on of it.
 */
export function applyGrants(
  accounts: readonly SeedAccount[],
  contextOf: (
    account: SeedAccount,
    region: string | undefined,
  ) => OperationContext,
): void {
  for (const passesOn of [false, true]) {
    for (const account of accounts) {
      (account.grants ?? []).forEach((one, i) => {
        if (isPassedOn(account, one) !== passesOn) return;
        const context = contextOf(account, one.region);
        try {
          applyGrant(one, context);
        } catch (error) {
          throw new TypeError(
            `The emulator's seed has a grant that Lake Formation would refuse, grants[${i}] of account ${
              account.id
            }, ${JSON.stringify(one)}: ${(error as Error).message}`,
          );
        }
        if (one.accepted) acceptShares(context, one.principal);
      });
    }
  }
}
