import { Permission } from '../grants/Permission';

/** A default grant for what is newly created. */
export interface DefaultPermission {
  principal: string;
  permissions: Permission[];
}

/** Lake Formation's settings of one account in one region. */
export interface LakeSettings {
  administrators: string[];
  readOnlyAdministrators: string[];
  createDatabaseDefaultPermissions: DefaultPermission[];
  createTableDefaultPermissions: DefaultPermission[];
  parameters: Record<string, string>;
  trustedResourceOwners: string[];
  allowExternalDataFiltering: boolean;
  allowFullTableExternalDataAccess: boolean;
  externalDataFilteringAllowList: string[];
  authorizedSessionTagValues: string[];
}

/**
 * Settings as the emulator starts accounts with: Lake Formation in charge, no
 * IAM_ALLOWED_PRINCIPALS by default.
 */
export const initialSettings = (): LakeSettings => ({
  administrators: [],
  readOnlyAdministrators: [],
  createDatabaseDefaultPermissions: [],
  createTableDefaultPermissions: [],
  parameters: { CROSS_ACCOUNT_VERSION: '4', SET_CONTEXT: 'TRUE' },
  trustedResourceOwners: [],
  allowExternalDataFiltering: false,
  allowFullTableExternalDataAccess: false,
  externalDataFilteringAllowList: [],
  authorizedSessionTagValues: [],
});
