import type {
  GetDataLakeSettingsRequest,
  GetDataLakeSettingsResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { seesEverything } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { renderSettings } from '../dataLakeSettings';

export const getDataLakeSettings: Operation<
  GetDataLakeSettingsRequest,
  GetDataLakeSettingsResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const { caller } = context;
  if (
    catalog.accountId !== caller.account &&
    !seesEverything(catalog, caller.principal)
  ) {
    throw notThereOrNotAllowed();
  }
  return { DataLakeSettings: renderSettings(catalog.settings) };
};
