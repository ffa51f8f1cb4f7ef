import type {
  UpdateLakeFormationIdentityCenterConfigurationRequest,
  UpdateLakeFormationIdentityCenterConfigurationResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import {
  administeredCatalog,
  readExternalFiltering,
  readStatus,
  refuseRecipients,
  requireConfiguration,
} from '../identityCenter';

/** Changes what is named and leaves the rest. */
export const updateLakeFormationIdentityCenterConfiguration: Operation<
  UpdateLakeFormationIdentityCenterConfigurationRequest,
  UpdateLakeFormationIdentityCenterConfigurationResponse
> = (input, context) => {
  const catalog = administeredCatalog(context, input.CatalogId);
  const found = requireConfiguration(catalog);
  refuseRecipients(input.ShareRecipients);
  const filtering = readExternalFiltering(input.ExternalFiltering);
  const status =
    input.ApplicationStatus === undefined
      ? found.status
      : readStatus(input.ApplicationStatus, 'ApplicationStatus');
  catalog.identityCenter = {
    ...found,
    status,
    externalFiltering: filtering ?? found.externalFiltering,
    serviceIntegrations: input.ServiceIntegrations
      ? [...input.ServiceIntegrations]
      : found.serviceIntegrations,
  };
  return {};
};
