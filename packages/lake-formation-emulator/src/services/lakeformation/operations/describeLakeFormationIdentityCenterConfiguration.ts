import type {
  DescribeLakeFormationIdentityCenterConfigurationRequest,
  DescribeLakeFormationIdentityCenterConfigurationResponse,
  ServiceIntegrationUnion,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { seesEverything } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { requireConfiguration } from '../identityCenter';

export const describeLakeFormationIdentityCenterConfiguration: Operation<
  DescribeLakeFormationIdentityCenterConfigurationRequest,
  DescribeLakeFormationIdentityCenterConfigurationResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  if (!seesEverything(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  const found = requireConfiguration(catalog);
  const { externalFiltering } = found;
  return {
    CatalogId: catalog.accountId,
    InstanceArn: found.instanceArn,
    ApplicationArn: found.applicationArn,
    ExternalFiltering: externalFiltering && {
      Status: externalFiltering.status,
      AuthorizedTargets: [...externalFiltering.authorizedTargets],
    },
    ShareRecipients: [],
    ServiceIntegrations: structuredClone(
      found.serviceIntegrations,
    ) as ServiceIntegrationUnion[],
  };
};
