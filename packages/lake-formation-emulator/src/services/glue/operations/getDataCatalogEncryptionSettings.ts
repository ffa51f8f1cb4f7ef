import type {
  GetDataCatalogEncryptionSettingsRequest,
  GetDataCatalogEncryptionSettingsResponse,
} from '@aws-sdk/client-glue';
import { NOT_ENCRYPTED } from '../../../model/catalog/catalogEncryption';
import { Operation } from '../../Operation';
import { encryptedCatalog, renderEncryption } from '../catalogEncryption';

export const getDataCatalogEncryptionSettings: Operation<
  GetDataCatalogEncryptionSettingsRequest,
  GetDataCatalogEncryptionSettingsResponse
> = (input, context) => {
  const { encryption = NOT_ENCRYPTED } = encryptedCatalog(
    context,
    input.CatalogId,
    'glue:GetDataCatalogEncryptionSettings',
  );
  return { DataCatalogEncryptionSettings: renderEncryption(encryption) };
};
