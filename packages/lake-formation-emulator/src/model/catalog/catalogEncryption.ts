/** By which key the metadata of a catalog is encrypted. */
export const CATALOG_ENCRYPTION_MODES = [
  'DISABLED',
  'SSE-KMS',
  'SSE-KMS-WITH-SERVICE-ROLE',
] as const;

export type CatalogEncryptionMode = (typeof CATALOG_ENCRYPTION_MODES)[number];

/** The encryption settings of an account's Data Catalog in one region. */
export interface CatalogEncryption {
  readonly mode: CatalogEncryptionMode;
  /** The key that AWS manages for Glue where left out. */
  readonly keyId?: string;
  readonly serviceRole?: string;
  readonly returnsPasswordsEncrypted: boolean;
  readonly passwordKeyId?: string;
}

/** What a catalog has that nobody has set anything for. */
export const NOT_ENCRYPTED: CatalogEncryption = {
  mode: 'DISABLED',
  returnsPasswordsEncrypted: false,
};

const AWS_MANAGED = /(^|:)alias\/aws\/glue$/;

/**
 * Whether other accounts can be let read the metadata. They cannot where it is
 * encrypted with the key that AWS manages, whose policy nobody can change.
 */
export function hasSharableKey({
  mode,
  keyId,
}: CatalogEncryption = NOT_ENCRYPTED): boolean {
  return mode === 'DISABLED' || (!!keyId && !AWS_MANAGED.test(keyId));
}
