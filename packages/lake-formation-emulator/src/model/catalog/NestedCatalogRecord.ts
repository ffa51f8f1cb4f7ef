import { DefaultPermission } from './LakeSettings';

/** A catalog inside of an account's one, such as an S3 table bucket. */
export interface NestedCatalogRecord {
  /** Such as `s3tablescatalog/bucket`. */
  readonly path: string;
  description?: string;
  parameters?: Record<string, string>;
  /** What it stands for elsewhere. */
  federated?: {
    identifier?: string;
    connectionName?: string;
    connectionType?: string;
  };
  createDatabaseDefaultPermissions: DefaultPermission[];
  createTableDefaultPermissions: DefaultPermission[];
  createdAt: number;
  updatedAt: number;
  /** Grants outlive a catalog that is deleted. */
  isDeleted?: boolean;
}
