import type {
  DeleteLakeFormationIdentityCenterConfigurationRequest,
  DeleteLakeFormationIdentityCenterConfigurationResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { administeredCatalog, requireConfiguration } from '../identityCenter';

/** Ends the connection. Grants to its users and groups stay. */
export const deleteLakeFormationIdentityCenterConfiguration: Operation<
  DeleteLakeFormationIdentityCenterConfigurationRequest,
  DeleteLakeFormationIdentityCenterConfigurationResponse
> = (input, context) => {
  const catalog = administeredCatalog(context, input.CatalogId);
  requireConfiguration(catalog);
  delete catalog.identityCenter;
  return {};
};
