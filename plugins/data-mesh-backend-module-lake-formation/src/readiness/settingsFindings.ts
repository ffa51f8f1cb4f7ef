import type { EncryptionAtRest } from '@aws-sdk/client-glue';
import type {
  DataLakeSettings,
  PrincipalPermissions,
} from '@aws-sdk/client-lakeformation';
import { isIamAllowedPrincipals } from '../lake/principals';
import { Finding, failed, ok, unknown, warning } from './checks';

/** Direct grants to principals of other accounts, and tags, need version 3. */
const VERSION_FOR_DIRECT_GRANTS = 3;

const idsOf = (principals: DataLakeSettings['DataLakeAdmins']): string[] =>
  (principals ?? []).flatMap(one => one.DataLakePrincipalIdentifier ?? []);

/** Where AWS names the session of a role, its path and the session's name differ. */
function isSame(administrator: string, identity: string): boolean {
  if (administrator === identity) return true;
  const session = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(
    identity,
  );
  const role = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(
    administrator,
  );
  return (
    session !== null &&
    role !== null &&
    session[1] === role[1] &&
    session[2] === role[2]
  );
}

/** Whether the role that Backstage uses administers the lake. Pure. */
export function isAdministrator(
  settings: DataLakeSettings,
  identity: string | undefined,
  consumes: boolean,
): Finding {
  if (!identity) return unknown('Lake Formation does not say who Backstage is');
  const fix = `Have ${identity} made a data lake administrator of the account`;
  if (idsOf(settings.DataLakeAdmins).some(one => isSame(one, identity))) {
    return ok(`${identity} is a data lake administrator`);
  }
  // Roots administer although no settings name them; AWS advises against it.
  if (identity.endsWith(':root')) return ok(`${identity} owns the account`);
  return consumes
    ? failed(
        `${identity} is no data lake administrator, and only one can give access to resource links`,
        fix,
      )
    : warning(
        `${identity} is no data lake administrator: it can give away only what it holds with the grant option, and sees only those grants`,
        fix,
      );
}

/** Whether anybody administers a consumer's lake: else nothing shared is visible. Pure. */
export function administratorExists(settings: DataLakeSettings): Finding {
  const ids = idsOf(settings.DataLakeAdmins);
  return ids.length > 0
    ? ok(`There are ${ids.length}`)
    : failed(
        'Nobody is: what other accounts share with this one is visible to nobody',
        'Have a data lake administrator named in the account',
      );
}

/** Whether the version lets principals of other accounts be granted to. Pure. */
export function crossAccountVersion(settings: DataLakeSettings): Finding {
  const text = settings.Parameters?.CROSS_ACCOUNT_VERSION;
  // Accounts that were never changed say nothing.
  const version = Number(text ?? 1);
  if (!Number.isInteger(version)) {
    return unknown(`CROSS_ACCOUNT_VERSION is '${text}', expected 1 to 5`);
  }
  return version >= VERSION_FOR_DIRECT_GRANTS
    ? ok(`CROSS_ACCOUNT_VERSION is ${version}`)
    : failed(
        `CROSS_ACCOUNT_VERSION is ${version}: roles and users of other accounts cannot be granted to directly, and neither can LF-Tags`,
        `Have it raised to ${VERSION_FOR_DIRECT_GRANTS} or more in the settings of the data catalog. It changes the whole account, so no plan does it`,
      );
}

/** Whether what is created later is left to IAM. Pure. */
export function defaultPermissions(settings: DataLakeSettings): Finding {
  const leavesToIam = (permissions: PrincipalPermissions[] | undefined) =>
    (permissions ?? []).some(one =>
      isIamAllowedPrincipals(one.Principal?.DataLakePrincipalIdentifier ?? ''),
    );
  const open = [
    ...(leavesToIam(settings.CreateDatabaseDefaultPermissions)
      ? ['databases']
      : []),
    ...(leavesToIam(settings.CreateTableDefaultPermissions) ? ['tables'] : []),
  ];
  return open.length === 0
    ? ok('Nothing is granted by default')
    : warning(
        `New ${open.join(
          ' and ',
        )} are granted to IAM_ALLOWED_PRINCIPALS: Lake Formation does not restrict them, and other accounts cannot be granted to`,
        'Have the default permissions removed from the settings of the data catalog',
      );
}

interface Statement {
  Effect?: string;
  Principal?: { Service?: string | string[] } | string;
  Action?: string | string[];
}

const listOf = <T>(value: T | T[] | undefined): T[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/**
 * Whether RAM may share the catalog. Without a policy it may; with one, only
 * where the policy says so, and grants succeed all the same and stay without
 * effect. Pure.
 */
export function policyAllowsSharing(policyInJson: string | undefined): Finding {
  if (!policyInJson) return ok('There is no resource policy in the way');
  const { Statement: statements } = JSON.parse(policyInJson) as {
    Statement?: Statement | Statement[];
  };
  const isAllowed = listOf(statements).some(
    ({ Effect, Principal, Action }) =>
      Effect === 'Allow' &&
      (Principal === '*' ||
        (typeof Principal === 'object' &&
          listOf(Principal.Service).includes('ram.amazonaws.com'))) &&
      listOf(Action).some(one =>
        ['glue:shareresource', 'glue:*', '*'].includes(
          one.toLocaleLowerCase('en-US'),
        ),
      ),
  );
  return isAllowed
    ? ok('The policy lets RAM share the catalog')
    : failed(
        'The catalog has a resource policy that does not let RAM share it: grants to other accounts succeed and have no effect',
        'Have glue:ShareResource allowed to the service ram.amazonaws.com in the resource policy of Glue',
      );
}

/** Whether metadata is encrypted with a key that other accounts can use. Pure. */
export function encryptionAllowsSharing(
  encryption: EncryptionAtRest | undefined,
): Finding {
  const { CatalogEncryptionMode: mode = 'DISABLED', SseAwsKmsKeyId: key } =
    encryption ?? {};
  if (mode === 'DISABLED') return ok('Metadata is not encrypted with a key');
  return !key || /(^|:)alias\/aws\/glue$/.test(key)
    ? failed(
        'Metadata is encrypted with the key that AWS manages for Glue, which no other account can use',
        'Have the catalog encrypted with a key of your own, whose policy lets the consumers decrypt',
      )
    : ok(`Metadata is encrypted with ${key}`);
}
