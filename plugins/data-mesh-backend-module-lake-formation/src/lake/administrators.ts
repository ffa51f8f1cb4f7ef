import type { DataLakeSettings } from '@aws-sdk/client-lakeformation';

/** Who administers Lake Formation in an account and region, by settings. */
export interface LakeAdministrators {
  administrators: ReadonlySet<string>;
  readOnly: ReadonlySet<string>;
}

/** Reads them from the settings. Pure. */
export function readAdministrators(
  settings: DataLakeSettings | undefined,
): LakeAdministrators {
  const ids = (principals: DataLakeSettings['DataLakeAdmins']) =>
    new Set(
      (principals ?? []).flatMap(one => one.DataLakePrincipalIdentifier ?? []),
    );
  return {
    administrators: ids(settings?.DataLakeAdmins),
    readOnly: ids(settings?.ReadOnlyAdmins),
  };
}
