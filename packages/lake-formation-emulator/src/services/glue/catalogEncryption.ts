import type { DataCatalogEncryptionSettings } from '@aws-sdk/client-glue';
import { accessDenied, invalidInput } from '../../model/api/AwsError';
import { Catalog } from '../../model/state/EmulatorState';
import {
  CatalogEncryption,
  CATALOG_ENCRYPTION_MODES,
  NOT_ENCRYPTED,
} from '../../model/catalog/catalogEncryption';
import { OperationContext } from '../Operation';
import { glueCatalog } from './glueCatalog';

const KEY =
  /^(arn:aws[\w-]*:kms:[\w-]+:\d{12}:(key|alias)\/.+|alias\/.+|[\w-]+)$/;
const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

/** The caller's own catalog, which alone has settings that it may ask about. */
export function encryptedCatalog(
  context: OperationContext,
  catalogId: string | undefined,
  action: string,
): Catalog {
  const { caller } = context;
  const catalog = glueCatalog(context, catalogId);
  if (catalog.inside) {
    throw invalidInput(
      `CatalogId must be an account's id: encryption is set for the whole Data Catalog, found ${catalogId}.`,
    );
  }
  if (catalog.accountId !== caller.account) {
    throw accessDenied(
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: arn:aws:glue:${catalog.region}:${catalog.accountId}:catalog`,
    );
  }
  return catalog;
}

/** What Glue says of the settings. */
export const renderEncryption = ({
  mode,
  keyId,
  serviceRole,
  returnsPasswordsEncrypted,
  passwordKeyId,
}: CatalogEncryption): DataCatalogEncryptionSettings => ({
  EncryptionAtRest: {
    CatalogEncryptionMode: mode,
    SseAwsKmsKeyId: keyId,
    CatalogEncryptionServiceRole: serviceRole,
  },
  ConnectionPasswordEncryption: {
    ReturnConnectionPasswordEncrypted: returnsPasswordsEncrypted,
    AwsKmsKeyId: passwordKeyId,
  },
});

function checkMember(
  name: string,
  value: string | undefined,
  pattern: RegExp,
  expected: string,
): void {
  if (value !== undefined && !pattern.test(value)) {
    throw invalidInput(`${name} must be ${expected}, found ${value}.`);
  }
}

/** Refuses settings that Glue would refuse. What is left out is off. */
export function readEncryption({
  EncryptionAtRest: atRest,
  ConnectionPasswordEncryption: passwords,
}: DataCatalogEncryptionSettings): CatalogEncryption {
  const mode = CATALOG_ENCRYPTION_MODES.find(
    one => one === (atRest?.CatalogEncryptionMode ?? NOT_ENCRYPTED.mode),
  );
  if (!mode) {
    throw invalidInput(
      `CatalogEncryptionMode must be one of ${CATALOG_ENCRYPTION_MODES.join(
        ', ',
      )}, found ${atRest?.CatalogEncryptionMode}.`,
    );
  }
  const keyId = atRest?.SseAwsKmsKeyId;
  const serviceRole = atRest?.CatalogEncryptionServiceRole;
  const passwordKeyId = passwords?.AwsKmsKeyId;
  checkMember('SseAwsKmsKeyId', keyId, KEY, 'a key of AWS KMS');
  checkMember('AwsKmsKeyId', passwordKeyId, KEY, 'a key of AWS KMS');
  checkMember(
    'CatalogEncryptionServiceRole',
    serviceRole,
    ROLE,
    "a role's ARN",
  );
  if (mode === 'SSE-KMS-WITH-SERVICE-ROLE' && serviceRole === undefined) {
    throw invalidInput(
      'CatalogEncryptionServiceRole is required for SSE-KMS-WITH-SERVICE-ROLE.',
    );
  }
  return {
    mode,
    keyId,
    serviceRole,
    returnsPasswordsEncrypted:
      passwords?.ReturnConnectionPasswordEncrypted ?? false,
    passwordKeyId,
  };
}
