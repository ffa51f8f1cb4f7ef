import type {
  PutDataLakeSettingsRequest,
  PutDataLakeSettingsResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { readSettings } from '../dataLakeSettings';

/** Replaces all settings, not only the ones that are named. */
export const putDataLakeSettings: Operation<
  PutDataLakeSettingsRequest,
  PutDataLakeSettingsResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  if (!isAdministrator(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  catalog.settings = readSettings(
    input.DataLakeSettings,
    catalog.settings,
    context.state,
  );
  return {};
};
