import type {
  PutDataCatalogEncryptionSettingsRequest,
  PutDataCatalogEncryptionSettingsResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { encryptedCatalog, readEncryption } from '../catalogEncryption';

/** Replaces the settings, not only those that are named. */
export const putDataCatalogEncryptionSettings: Operation<
  PutDataCatalogEncryptionSettingsRequest,
  PutDataCatalogEncryptionSettingsResponse
> = (input, context) => {
  const catalog = encryptedCatalog(
    context,
    input.CatalogId,
    'glue:PutDataCatalogEncryptionSettings',
  );
  catalog.encryption = readEncryption(
    input.DataCatalogEncryptionSettings ?? {},
  );
  return {};
};
