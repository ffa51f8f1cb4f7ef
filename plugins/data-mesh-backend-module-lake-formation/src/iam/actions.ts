import { PLANNED_ACTIONS } from './plannedActions';

/**
 * The account that a role acts in: `governance` owns the catalog of all,
 * `producer` owns its own and shares it peer to peer, `consumer` lives in
 * neither.
 */
export type IamRole = 'governance' | 'producer' | 'consumer';

/** What a role needs something for. */
export type Purpose = 'plans' | 'scan' | 'readiness' | 'tags' | 'credentials';

/** Actions of one purpose, by the side of sharing that needs them. */
interface Needed {
  /** In the account that owns the catalog. */
  owner: string[];
  /** In the account that something is shared with. */
  consumer: string[];
}

/** Actions of IAM by what they are for. A test holds them against the code. */
export const NEEDED_ACTIONS: Record<Purpose, Needed> = {
  plans: {
    owner: [
      ...PLANNED_ACTIONS.owner,
      ...PLANNED_ACTIONS.sharing,
      ...PLANNED_ACTIONS.identities,
      // Lake Formation asks for it where a grant is to an organization.
      'organizations:DescribeOrganization',
    ],
    consumer: [...PLANNED_ACTIONS.consumer, ...PLANNED_ACTIONS.identities],
  },
  scan: {
    owner: [
      'lakeformation:GetDataLakeSettings',
      'lakeformation:GetLFTagExpression',
      'lakeformation:GetResourceLFTags',
      'lakeformation:ListDataCellsFilter',
      'lakeformation:ListPermissions',
      'lakeformation:RevokePermissions',
      'lakeformation:SearchDatabasesByLFTags',
      'lakeformation:SearchTablesByLFTags',
      'ram:GetResourceShares',
    ],
    consumer: [
      'lakeformation:GetDataLakeSettings',
      'lakeformation:GetLFTagExpression',
      'lakeformation:GetResourceLFTags',
      'lakeformation:ListDataCellsFilter',
      'lakeformation:ListPermissions',
      'lakeformation:RevokePermissions',
      'lakeformation:SearchDatabasesByLFTags',
      'lakeformation:SearchTablesByLFTags',
      'ram:GetResourceShares',
    ],
  },
  readiness: {
    owner: [
      'glue:GetDataCatalogEncryptionSettings',
      'glue:GetDatabase',
      'glue:GetResourcePolicy',
      'glue:GetTable',
      'iam:SimulatePrincipalPolicy',
      'lakeformation:GetDataLakePrincipal',
      'lakeformation:GetDataLakeSettings',
      'lakeformation:ListPermissions',
      'lakeformation:ListResources',
    ],
    consumer: [
      'glue:GetDatabase',
      'glue:GetTable',
      'iam:SimulatePrincipalPolicy',
      'lakeformation:GetDataLakePrincipal',
      'lakeformation:GetDataLakeSettings',
      'lakeformation:ListPermissions',
      'ram:GetResourceShareInvitations',
      'ram:GetResourceShares',
    ],
  },
  tags: {
    owner: [
      'lakeformation:AddLFTagsToResource',
      'lakeformation:CreateLFTag',
      'lakeformation:DeleteLFTag',
      'lakeformation:GetLFTag',
      'lakeformation:RemoveLFTagsFromResource',
      'lakeformation:UpdateLFTag',
    ],
    consumer: [],
  },
  // Credentials are asked for as the role of the principal, which is assumed.
  credentials: {
    owner: ['sts:AssumeRole', 'sts:TagSession'],
    consumer: ['sts:AssumeRole', 'sts:TagSession'],
  },
};

/** Purposes that come with a feature which is off unless configured. */
export const OPTIONAL_PURPOSES: ReadonlySet<Purpose> = new Set<Purpose>([
  'tags',
  'credentials',
]);

const PURPOSES: Purpose[] = [
  'plans',
  'scan',
  'readiness',
  'tags',
  'credentials',
];

/** The actions of a role for each purpose, those of earlier ones left out. */
export function actionsOf(
  role: IamRole,
  purposes: Purpose[] = PURPOSES,
): Array<{ purpose: Purpose; actions: string[] }> {
  const said = new Set<string>();
  return PURPOSES.filter(one => purposes.includes(one)).map(purpose => {
    const { owner, consumer } = NEEDED_ACTIONS[purpose];
    const needed = {
      // Who governs everybody's catalog consumes nothing from elsewhere.
      governance: owner,
      // Peers are consumers of each other as well, by the consumer's policy.
      producer: owner,
      consumer,
    }[role];
    const actions = [...new Set(needed)].filter(one => !said.has(one)).sort();
    actions.forEach(one => said.add(one));
    return { purpose, actions };
  });
}
