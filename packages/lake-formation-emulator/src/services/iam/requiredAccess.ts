import { Caller } from '../../model/iam/Caller';
import { IamAccess } from '../../model/identities/principalPolicies';
import { accountOfPrincipal, isOrganization } from '../../model/iam/principals';
import { storedName } from '../../model/api/storedName';
import { roleArnOf, userArnOf } from './iamPrincipals';
import { EmulatorState } from '../../model/state/EmulatorState';

/** A call as IAM looks at it. */
export interface AuthorizedCall {
  /** As in the credential scope, which is IAM's prefix as well. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

const textOf = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const nameOf = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? textOf((value as { Name?: unknown }).Name)
    : undefined;

/** Vending is one action, by whichever operation (AWS lists it as permission only). */
const VENDING =
  /^GetTemporary(GlueTable|GluePartition|DataLocation)Credentials$/;

/** What Lake Formation does with RAM in the name of who grants across accounts. */
const SHARING: Readonly<Record<string, readonly string[]>> = {
  GrantPermissions: [
    'ram:GetResourceShares',
    'ram:CreateResourceShare',
    'ram:AssociateResourceShare',
  ],
  RevokePermissions: [
    'ram:GetResourceShares',
    'ram:DisassociateResourceShare',
    'ram:DeleteResourceShare',
  ],
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The grantees of a grant, a revoke, or a batch of them. */
function granteesOf(input: Readonly<Record<string, unknown>>): string[] {
  const entries = Array.isArray(input.Entries) ? input.Entries : [input];
  return entries.flatMap(entry => {
    const principal = isObject(entry) && entry.Principal;
    const grantee =
      isObject(principal) && textOf(principal.DataLakePrincipalIdentifier);
    return grantee ? [grantee] : [];
  });
}

/** Whoever grants to other accounts needs what shares with them, too. */
function sharingAccess({
  operation,
  input,
  caller,
}: AuthorizedCall): IamAccess[] {
  const actions = SHARING[operation.replace(/^Batch/, '')];
  if (!actions) return [];
  const grantees = granteesOf(input);
  const isShared = grantees.some(grantee => {
    const account = accountOfPrincipal(grantee);
    return (
      isOrganization(grantee) ||
      (account !== undefined && account !== caller.account)
    );
  });
  if (!isShared) return [];
  return [
    ...actions,
    ...(grantees.some(isOrganization)
      ? ['organizations:DescribeOrganization']
      : []),
  ].map(action => ({ action, resource: '*' }));
}

/** Lake Formation has no resources below the catalog. */
function lakeFormationAccess(call: AuthorizedCall): IamAccess[] {
  const { operation, input, caller } = call;
  const owner = (textOf(input.CatalogId) ?? caller.account).split(':')[0];
  const action = VENDING.test(operation) ? 'GetDataAccess' : operation;
  const passed = textOf(input.RoleArn);
  return [
    {
      action: `lakeformation:${action}`,
      resource: `arn:aws:lakeformation:${caller.region}:${owner}:catalog:${owner}`,
    },
    ...(passed ? [{ action: 'iam:PassRole', resource: passed }] : []),
    ...sharingAccess(call),
  ];
}

const TAGGING = /^(TagResource|UntagResource|GetTags)$/;

/** The names a Glue request gives of a database and of tables, as patterns. */
function glueNames({ operation, input }: AuthorizedCall): {
  database?: string;
  tables: string[];
} {
  if (/Tables$/.test(operation) && operation.startsWith('Search')) {
    return { database: '*', tables: ['*'] };
  }
  if (/Databases$/.test(operation)) return { database: '*', tables: [] };
  if (/Database$/.test(operation)) {
    const database = textOf(input.Name) ?? nameOf(input.DatabaseInput);
    return {
      database,
      tables: operation === 'DeleteDatabase' ? ['*'] : [],
    };
  }
  const database = textOf(input.DatabaseName);
  if (operation === 'GetTables') return { database, tables: ['*'] };
  const one =
    textOf(input.TableName) ?? textOf(input.Name) ?? nameOf(input.TableInput);
  const many = Array.isArray(input.TablesToDelete)
    ? input.TablesToDelete.filter(name => typeof name === 'string')
    : [];
  return { database, tables: one ? [one] : many };
}

/** Glue asks for the resource and for everything that contains it. */
function glueAccess(call: AuthorizedCall): IamAccess[] {
  const { operation, input, caller } = call;
  const action = `glue:${operation}`;
  const tagged = textOf(input.ResourceArn);
  if (tagged && TAGGING.test(operation)) return [{ action, resource: tagged }];
  const [account, ...nested] = (
    textOf(input.CatalogId) ?? caller.account
  ).split(':');
  const below = nested.length ? `${nested.join(':')}/` : '';
  const arn = (resource: string) =>
    `arn:aws:glue:${caller.region}:${account}:${resource}`;
  const { database, tables } = glueNames(call);
  const resources = [below ? `catalog/${nested.join(':')}` : 'catalog'];
  if (database) {
    const name = storedName(database);
    resources.push(`database/${below}${name}`);
    for (const table of tables) {
      resources.push(`table/${below}${name}/${storedName(table)}`);
    }
    if (operation === 'DeleteDatabase') {
      resources.push(`userDefinedFunction/${below}${name}/*`);
    }
  }
  return resources.map(resource => ({ action, resource: arn(resource) }));
}

function stsAccess({ operation, input }: AuthorizedCall): IamAccess[] {
  // Everybody may ask who they are.
  if (operation === 'GetCallerIdentity') return [];
  const resource = textOf(input.RoleArn) ?? '*';
  const tags = Array.isArray(input.Tags) && input.Tags.length;
  return [
    { action: `sts:${operation}`, resource },
    ...(tags ? [{ action: 'sts:TagSession', resource }] : []),
  ];
}

function iamAccess(
  { operation, input, caller }: AuthorizedCall,
  state: EmulatorState,
): IamAccess[] {
  const action = `iam:${operation}`;
  const role = textOf(input.RoleName);
  if (role && operation === 'CreateRole') {
    const name = `${(textOf(input.Path) ?? '/').slice(1)}${role}`;
    return [
      { action, resource: `arn:aws:iam::${caller.account}:role/${name}` },
    ];
  }
  if (role) {
    return [{ action, resource: roleArnOf(state, caller.account, role) }];
  }
  const user = textOf(input.UserName);
  if (user) {
    return [{ action, resource: userArnOf(state, caller.account, user) }];
  }
  const source = textOf(input.PolicySourceArn);
  return [{ action, resource: source ?? caller.principal }];
}

/** RAM speaks of the share or the invitation that the request names. */
function ramAccess({ operation, input }: AuthorizedCall): IamAccess[] {
  const resource =
    textOf(input.resourceShareInvitationArn) ?? textOf(input.resourceShareArn);
  return [{ action: `ram:${operation}`, resource: resource ?? '*' }];
}

/** What IAM must allow the caller of a call, as AWS documents it by service. */
export function requiredAccess(
  call: AuthorizedCall,
  state: EmulatorState,
): IamAccess[] {
  switch (call.service) {
    case 'lakeformation':
      return lakeFormationAccess(call);
    case 'glue':
      return glueAccess(call);
    case 'sts':
      return stsAccess(call);
    case 'iam':
      return iamAccess(call, state);
    case 'ram':
      return ramAccess(call);
    default:
      return [{ action: `${call.service}:${call.operation}`, resource: '*' }];
  }
}
