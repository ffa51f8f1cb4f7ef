import type { Permission, Resource } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Grantee, granteeKey } from '../model/GrantWant';
import { Place, lockKey, placeInWords, placeKey } from '../model/Place';
import { accountOfCatalog } from '../model/PortLocation';
import { LAKE_FORMATION } from './GrantCall';
import { readEntry, wireResource } from './permissionEntries';
import { resourceName, stepId } from './stepId';

/** The kind of steps that opt a principal in to Lake Formation. */
export const OPT_IN = 'optIn';

const NO_PERMISSIONS: Permission[] = [];

/** The request of an opt-in, which is the same as that of its end. */
export interface OptInInput {
  Principal: { DataLakePrincipalIdentifier: string };
  Resource: Resource;
  Condition?: { Expression: string };
}

/** Where a resource of an opt-in is, if it is of a kind that is known here. */
export const placeOfOptIn = (
  resource: Resource | undefined,
  accountId: string,
): Place | undefined =>
  readEntry(resource, NO_PERMISSIONS, NO_PERMISSIONS, accountId)?.place;

/** The same for the same principal in the same place. */
export const optInKey = (place: Place, grantee: Grantee): string =>
  `${placeKey(place)}:opt-in:${granteeKey(grantee)}`;

/** An opt-in as a step of a plan. */
export function describeOptIn(
  place: Place,
  where: Grantee & { region: string },
  /** Who is opted in, in words with names in backticks. */
  grantee: string,
  options: { needs: string[]; done: boolean },
): PlanStep {
  const { principalId, condition, region } = where;
  const accountId = accountOfCatalog(place.catalogId);
  const input: OptInInput = {
    Principal: { DataLakePrincipalIdentifier: principalId },
    Resource: wireResource(place),
    ...(condition && { Condition: { Expression: condition } }),
  };
  const call = (operation: string): PlanStep['call'] => ({
    service: LAKE_FORMATION,
    operation,
    input: { ...input },
  });
  const created = call('CreateLakeFormationOptIn');
  const what = placeInWords(place);
  return {
    id: stepId(OPT_IN, { accountId, region, call: created }),
    kind: OPT_IN,
    words: `Opt ${grantee} in to Lake Formation on ${what}: from then on its grants decide there, and no longer IAM alone`,
    accountId,
    region,
    call: created,
    undo: {
      words: `Leave ${grantee} to IAM again on ${what}`,
      call: call('DeleteLakeFormationOptIn'),
    },
    needs: options.needs,
    shares: [resourceName(region, optInKey(place, where))],
    locks: [resourceName(region, lockKey(place))],
    ...(options.done && { done: true }),
  };
}

/** A step of this kind, read back. */
export interface OptInCall extends Grantee {
  accountId: string;
  region: string;
  place: Place;
  input: OptInInput;
}

/** @throws InputError where the step is not one of this kind */
export function readOptInCall(step: PlanStep): OptInCall {
  const { accountId, region, call } = step;
  const input = call.input as Partial<OptInInput>;
  const { Principal, Resource: resource, Condition } = input;
  const principalId = Principal?.DataLakePrincipalIdentifier;
  const place = placeOfOptIn(resource, accountId ?? '');
  if (
    !accountId ||
    !region ||
    !Principal ||
    !principalId ||
    !resource ||
    !place
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region, and a call with a principal and a database or table, found ${call.service}.${call.operation}`,
    );
  }
  return {
    accountId,
    region,
    principalId,
    ...(Condition?.Expression && { condition: Condition.Expression }),
    place,
    input: { Principal, Resource: resource, ...(Condition && { Condition }) },
  };
}
