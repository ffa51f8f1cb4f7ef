import type {
  CreateLakeFormationOptInRequest,
  LakeFormationOptInsInfo,
} from '@aws-sdk/client-lakeformation';
import {
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import { isAdministrator, seesResource } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { OptIn } from '../../model/catalog/OptIn';
import { GrantResource } from '../../model/grants/Grant';
import {
  IAM_ALLOWED_PRINCIPALS,
  accountOfPrincipal,
  isPrincipal,
  withoutAlias,
} from '../../model/iam/principals';
import { homeOf } from '../../model/access/sources';
import { OperationContext, Validated } from '../Operation';
import { catalogOfResource } from './catalogAccess';
import { readCondition } from './readCondition';
import { readResource } from './resources/readResource';
import { renderResource } from './renderGrant';

/** Who is to be held to Lake Formation's grants on what. */
export interface RequestedOptIn {
  readonly catalog: Catalog;
  readonly principal: string;
  readonly resource: GrantResource;
  readonly condition?: string;
}

/** Reads a principal that can be opted in. */
export function readOptInPrincipal(identifier: string | undefined): string {
  const principal = withoutAlias(identifier ?? '');
  if (!isPrincipal(principal) || principal === IAM_ALLOWED_PRINCIPALS) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
  return principal;
}

/** Opt-ins are for the data lake administrators of the caller's account. */
export function requireAdministrator(
  catalog: Catalog,
  { caller }: OperationContext,
): void {
  const home =
    catalog.accountId === caller.account
      ? catalog
      : homeOf(catalog, caller.account);
  if (!isAdministrator(home, caller.principal)) {
    throw notThereOrNotAllowed();
  }
}

/** What is shared with an account, it opts only its own principals in to. */
function checkOwnPrincipal(
  catalog: Catalog,
  { caller }: OperationContext,
  principal: string,
  resource: GrantResource,
) {
  if (catalog.accountId === caller.account) return;
  if (!seesResource(catalog, caller, resource)) throw notThereOrNotAllowed();
  if (accountOfPrincipal(principal) !== caller.account) {
    throw invalidInput(
      `Account ${caller.account} opts in its own principals to what is shared with it, found '${principal}'.`,
    );
  }
}

/** Reads an opt-in, which is for data lake administrators. */
export function readOptIn(
  input: Validated<CreateLakeFormationOptInRequest>,
  context: OperationContext,
): RequestedOptIn {
  const principal = readOptInPrincipal(
    input.Principal.DataLakePrincipalIdentifier,
  );
  const requested = readResource(input.Resource);
  const { resource, catalogId } = requested;
  if (requested.isTableWithColumns) {
    throw invalidInput('An opt-in is to a database or table, not to columns.');
  }
  if (resource.kind !== 'database' && resource.kind !== 'table') {
    throw notEmulated(
      `opt-ins to ${Object.keys(input.Resource).join(
        ', ',
      )}; it knows databases and tables`,
    );
  }
  const condition = readCondition(input.Condition, principal, resource);
  const catalog = catalogOfResource(context, catalogId);
  requireAdministrator(catalog, context);
  checkOwnPrincipal(catalog, context, principal, resource);
  return {
    catalog,
    principal,
    resource,
    ...(condition !== undefined && { condition }),
  };
}

/** An opt-in as Lake Formation sends it. */
export const renderOptIn = (
  catalog: Catalog,
  optIn: OptIn,
): LakeFormationOptInsInfo => ({
  Principal: { DataLakePrincipalIdentifier: optIn.principal },
  Resource: renderResource(catalog, optIn.resource),
  ...(optIn.condition !== undefined && {
    Condition: { Expression: optIn.condition },
  }),
  LastModified: new Date(optIn.lastModified),
  LastUpdatedBy: optIn.updatedBy,
});
