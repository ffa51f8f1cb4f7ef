import type { Resource } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import {
  sentence,
  type PlanStep,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountOfCatalog } from '../../lake/PortLocation';
import { Grantee } from '../../lake/grant';
import { granteeKey, lockKey, resourceKey } from '../../lake/keys';
import { LakeResource } from '../../lake/resource';
import { readEntry, wireResource } from '../../lake/wire';
import { resourceInWords } from '../../lake/words';
import { LAKE_FORMATION } from '../grants/GrantCall';
import { resourceName, stepId } from '../stepId';

/** The kind of steps that opt a principal in to Lake Formation. */
export const OPT_IN = 'optIn';

/** The request of an opt-in, which is the same as that of its end. */
export interface OptInInput {
  Principal: { DataLakePrincipalIdentifier: string };
  Resource: Resource;
  Condition?: { Expression: string };
}

/** The same for the same principal in the same resource. */
export const optInKey = (resource: LakeResource, grantee: Grantee): string =>
  `${resourceKey(resource)}:opt-in:${granteeKey(grantee)}`;

/** An opt-in as a step of a plan. */
export function describeOptIn(
  resource: LakeResource,
  where: Grantee & { region: string },
  grantee: Sentence,
  options: { needs: string[]; done: boolean },
): PlanStep {
  const { principalId, condition, region } = where;
  const accountId = accountOfCatalog(resource.catalogId);
  const input: OptInInput = {
    Principal: { DataLakePrincipalIdentifier: principalId },
    Resource: wireResource(resource),
    ...(condition && { Condition: { Expression: condition } }),
  };
  const call = (operation: string): PlanStep['call'] => ({
    service: LAKE_FORMATION,
    operation,
    input: { ...input },
  });
  const created = call('CreateLakeFormationOptIn');
  const words = { grantee, resource: resourceInWords(resource) };
  return {
    id: stepId(OPT_IN, { accountId, region, call: created }),
    kind: OPT_IN,
    words: sentence('plan.optIn.apply', words),
    accountId,
    region,
    call: created,
    undo: {
      words: sentence('plan.optIn.undo', words),
      call: call('DeleteLakeFormationOptIn'),
    },
    needs: options.needs,
    shares: [resourceName(region, optInKey(resource, where))],
    locks: [resourceName(region, lockKey(resource))],
    ...(options.done && { done: true }),
  };
}

/** A step of this kind, read back. */
export interface OptInCall extends Grantee {
  accountId: string;
  region: string;
  resource: LakeResource;
  input: OptInInput;
}

/** @throws InputError where the step is not one of this kind */
export function readOptInCall(step: PlanStep): OptInCall {
  const { accountId, region, call } = step;
  const input = call.input as Partial<OptInInput>;
  const grant = readEntry(input, accountId ?? '');
  const { Principal, Resource: wired, Condition } = input;
  if (
    !accountId ||
    !region ||
    !Principal ||
    !wired ||
    !grant ||
    grant.resource.kind === 'unknown'
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region, and a call with a principal and a database or table, found ${call.service}.${call.operation}`,
    );
  }
  return {
    accountId,
    region,
    ...grant.grantee,
    resource: grant.resource,
    input: { Principal, Resource: wired, ...(Condition && { Condition }) },
  };
}
