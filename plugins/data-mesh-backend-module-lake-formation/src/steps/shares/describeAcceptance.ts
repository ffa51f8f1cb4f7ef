import { InputError } from '@backstage/errors';
import {
  sentence,
  type PlanStep,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ResourceAccess, Grantee } from '../../lake/grant';
import { PackedWants, packWants, unpackWants } from './packedWants';
import { resourceName, stepId } from '../stepId';

/** The kind of steps that accept invitations to resource shares. */
export const ACCEPT_SHARE = 'acceptShare';

/** Whose share it is, who accepts it, and the grants that are in it. */
export interface AcceptanceCall extends Grantee {
  /** The account that accepts. */
  accountId: string;
  region: string;
  /** The account that shares. */
  owner: string;
  wants: ResourceAccess[];
}

/** Accepting as a step of a plan. Which invitation it is shows after the grant. */
export function describeAcceptance(
  acceptance: AcceptanceCall,
  words: { account: string; grantee: Sentence },
  needs: string[],
): PlanStep {
  const { accountId, region, owner, principalId, condition, wants } =
    acceptance;
  const call = {
    service: 'RAM',
    operation: 'AcceptResourceShareInvitation',
    input: {
      senderAccountId: owner,
      receiverAccountId: accountId,
      shareOf: {
        principalId,
        ...(condition && { condition }),
        grants: packWants(wants),
      },
    },
  };
  return {
    id: stepId(ACCEPT_SHARE, { accountId, region, call }),
    kind: ACCEPT_SHARE,
    words: sentence('plan.share.accept', words),
    accountId,
    region,
    call,
    needs,
    locks: [resourceName(region, `share:${owner}:${accountId}`)],
  };
}

/** @throws InputError where the step is not one of this kind */
export function readAcceptance(step: PlanStep): AcceptanceCall {
  const { accountId, region, call } = step;
  const { senderAccountId: owner, shareOf } = call.input as {
    senderAccountId?: string;
    shareOf?: Partial<Grantee> & { grants?: PackedWants };
  };
  if (
    !accountId ||
    !region ||
    !owner ||
    !shareOf?.principalId ||
    !shareOf.grants
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region, senderAccountId and shareOf`,
    );
  }
  return {
    accountId,
    region,
    owner,
    principalId: shareOf.principalId,
    ...(shareOf.condition && { condition: shareOf.condition }),
    wants: unpackWants(shareOf.grants),
  };
}
