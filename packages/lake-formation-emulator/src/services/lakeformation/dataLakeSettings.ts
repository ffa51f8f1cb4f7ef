import type {
  DataLakePrincipal,
  DataLakeSettings,
  PrincipalPermissions,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../model/api/AwsError';
import {
  DefaultPermission,
  LakeSettings,
} from '../../model/catalog/LakeSettings';
import { EmulatorState } from '../../model/state/EmulatorState';
import { principalExists } from '../../model/state/existence';
import { isPrincipal, withoutAlias } from '../../model/iam/principals';
import { Validated } from '../Operation';

const MAX_ADMINISTRATORS = 30;
const VERSIONS = ['1', '2', '3', '4', '5'];

const asPrincipals = (identifiers: readonly string[]): DataLakePrincipal[] =>
  identifiers.map(identifier => ({ DataLakePrincipalIdentifier: identifier }));

const identifiersOf = (
  principals: readonly Validated<DataLakePrincipal>[] | undefined,
): string[] =>
  (principals ?? []).map(principal =>
    withoutAlias(principal.DataLakePrincipalIdentifier ?? ''),
  );

/** Default permissions as Lake Formation and Glue send them. */
export const renderDefaults = (
  defaults: readonly DefaultPermission[],
): PrincipalPermissions[] =>
  defaults.map(({ principal, permissions }) => ({
    Principal: { DataLakePrincipalIdentifier: principal },
    Permissions: [...permissions] as PrincipalPermissions['Permissions'],
  }));

/** Default permissions as a request has them. */
export function readDefaults(
  defaults: readonly Validated<PrincipalPermissions>[] | undefined,
): DefaultPermission[] {
  return (defaults ?? []).map(({ Principal, Permissions }) => {
    const [principal] = identifiersOf(Principal ? [Principal] : []);
    if (!isPrincipal(principal ?? '')) {
      throw invalidInput(`Invalid principal, '${principal ?? ''}'.`);
    }
    return { principal, permissions: [...(Permissions ?? [])] };
  });
}

export const renderSettings = (settings: LakeSettings): DataLakeSettings => ({
  DataLakeAdmins: asPrincipals(settings.administrators),
  ReadOnlyAdmins: asPrincipals(settings.readOnlyAdministrators),
  CreateDatabaseDefaultPermissions: renderDefaults(
    settings.createDatabaseDefaultPermissions,
  ),
  CreateTableDefaultPermissions: renderDefaults(
    settings.createTableDefaultPermissions,
  ),
  Parameters: { ...settings.parameters },
  TrustedResourceOwners: [...settings.trustedResourceOwners],
  AllowExternalDataFiltering: settings.allowExternalDataFiltering,
  AllowFullTableExternalDataAccess: settings.allowFullTableExternalDataAccess,
  ExternalDataFilteringAllowList: asPrincipals(
    settings.externalDataFilteringAllowList,
  ),
  AuthorizedSessionTagValueList: [...settings.authorizedSessionTagValues],
});

function readAdministrators(
  principals: Validated<DataLakePrincipal>[] | undefined,
  member: string,
  state: EmulatorState,
): string[] {
  const identifiers = identifiersOf(principals);
  if (identifiers.length > MAX_ADMINISTRATORS) {
    throw invalidInput(
      `${member} may have up to ${MAX_ADMINISTRATORS} principals, found ${identifiers.length}.`,
    );
  }
  for (const identifier of identifiers) {
    const isIam = /^arn:aws:iam::\d{12}:(role|user)\/|:root$/.test(identifier);
    // One deleted role among the administrators makes every put fail.
    if (!isIam || !principalExists(state, identifier)) {
      throw invalidInput(`Invalid principal, '${identifier}'.`);
    }
  }
  return identifiers;
}

function readVersion(wanted: string | undefined, before: string): string {
  // A put without the parameter resets the version to the first one.
  const version = wanted ?? '1';
  if (!VERSIONS.includes(version)) {
    throw invalidInput(
      `CROSS_ACCOUNT_VERSION must be one of ${VERSIONS.join(
        ', ',
      )}, found ${version}.`,
    );
  }
  if (before === '5' && version !== '5') {
    throw invalidInput('CROSS_ACCOUNT_VERSION 5 cannot be changed back.');
  }
  return version;
}

/** Settings as PutDataLakeSettings leaves them: what is not named is reset. */
export function readSettings(
  input: Validated<DataLakeSettings>,
  before: LakeSettings,
  state: EmulatorState,
): LakeSettings {
  return {
    administrators: readAdministrators(
      input.DataLakeAdmins,
      'DataLakeAdmins',
      state,
    ),
    readOnlyAdministrators: readAdministrators(
      input.ReadOnlyAdmins,
      'ReadOnlyAdmins',
      state,
    ),
    createDatabaseDefaultPermissions: readDefaults(
      input.CreateDatabaseDefaultPermissions,
    ),
    createTableDefaultPermissions: readDefaults(
      input.CreateTableDefaultPermissions,
    ),
    parameters: {
      CROSS_ACCOUNT_VERSION: readVersion(
        input.Parameters?.CROSS_ACCOUNT_VERSION,
        before.parameters.CROSS_ACCOUNT_VERSION,
      ),
      SET_CONTEXT: 'TRUE',
    },
    trustedResourceOwners: [...(input.TrustedResourceOwners ?? [])],
    allowExternalDataFiltering: input.AllowExternalDataFiltering ?? false,
    allowFullTableExternalDataAccess:
      input.AllowFullTableExternalDataAccess ?? false,
    externalDataFilteringAllowList: identifiersOf(
      input.ExternalDataFilteringAllowList,
    ),
    authorizedSessionTagValues: [
      ...(input.AuthorizedSessionTagValueList ?? []),
    ],
  };
}
