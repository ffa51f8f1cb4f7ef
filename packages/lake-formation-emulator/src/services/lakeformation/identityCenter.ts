import type {
  DataLakePrincipal,
  ExternalFilteringConfiguration,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import { isAdministrator } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { IdentityCenterConfiguration } from '../../model/catalog/IdentityCenterConfiguration';
import { OperationContext, Validated } from '../Operation';
import { requestedCatalog } from './catalogAccess';

/** The catalog whose connection an administrator may see and change. */
export function administeredCatalog(
  context: OperationContext,
  catalogId: string | undefined,
): Catalog {
  const catalog = requestedCatalog(context, catalogId);
  if (!isAdministrator(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  return catalog;
}

/** The connection of a catalog. Refuses where there is none. */
export function requireConfiguration({
  identityCenter,
}: Catalog): IdentityCenterConfiguration {
  if (!identityCenter) {
    throw entityNotFound(
      'Lake Formation is not integrated with IAM Identity Center.',
    );
  }
  return identityCenter;
}

/** Reads one of ENABLED and DISABLED. */
export function readStatus(
  status: string,
  member: string,
): 'ENABLED' | 'DISABLED' {
  if (status !== 'ENABLED' && status !== 'DISABLED') {
    throw invalidInput(
      `${member} must be ENABLED or DISABLED, found ${status}.`,
    );
  }
  return status;
}

export const readExternalFiltering = (
  filtering: Validated<ExternalFilteringConfiguration> | undefined,
): IdentityCenterConfiguration['externalFiltering'] =>
  filtering && {
    status: readStatus(filtering.Status, 'ExternalFiltering.Status'),
    authorizedTargets: [...filtering.AuthorizedTargets],
  };

/** AWS shares the application with them through RAM, which is not emulated. */
export function refuseRecipients(
  recipients: readonly Validated<DataLakePrincipal>[] | undefined,
): void {
  if (recipients?.length) {
    throw notEmulated('ShareRecipients of IAM Identity Center yet');
  }
}
