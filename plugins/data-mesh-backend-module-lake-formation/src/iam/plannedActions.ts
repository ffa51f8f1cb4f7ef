/** Actions of IAM that plans need, by the account they act in. */
export interface PlannedActions {
  /** In the account of the catalog. */
  owner: string[];
  /** There as well, where somebody of another account is granted something. */
  sharing: string[];
  /** In the account of the principal, where it is another one. */
  consumer: string[];
  /**
   * In every account that principals live in, to notice who was created anew
   * under the name of somebody else. Plans go without.
   */
  identities: string[];
}

/**
 * What the role that Backstage uses needs for plans, and for nothing else. A
 * test holds it against the calls in the code.
 */
export const PLANNED_ACTIONS: PlannedActions = {
  owner: [
    'glue:GetDatabase',
    'glue:GetTable',
    'glue:GetTables',
    'lakeformation:BatchGrantPermissions',
    'lakeformation:BatchRevokePermissions',
    'lakeformation:CreateDataCellsFilter',
    'lakeformation:CreateLakeFormationOptIn',
    'lakeformation:DeleteDataCellsFilter',
    'lakeformation:DeleteLakeFormationOptIn',
    'lakeformation:GetDataCellsFilter',
    'lakeformation:GetDataLakeSettings',
    'lakeformation:GrantPermissions',
    'lakeformation:ListDataCellsFilter',
    'lakeformation:ListLakeFormationOptIns',
    'lakeformation:ListPermissions',
    'lakeformation:ListResources',
    'lakeformation:RevokePermissions',
    'lakeformation:SearchTablesByLFTags',
  ],
  // Lake Formation shares in the name of whoever grants.
  sharing: [
    'glue:DeleteResourcePolicy',
    'glue:GetResourcePolicy',
    'glue:PutResourcePolicy',
    'ram:AssociateResourceShare',
    'ram:CreateResourceShare',
    'ram:DeleteResourceShare',
    'ram:DisassociateResourceShare',
    'ram:GetResourceShares',
    'ram:UpdateResourceShare',
  ],
  consumer: [
    'glue:CreateDatabase',
    'glue:CreateTable',
    'glue:DeleteDatabase',
    'glue:DeleteTable',
    'glue:GetDatabase',
    'glue:GetDatabases',
    'glue:GetTables',
    'lakeformation:BatchGrantPermissions',
    'lakeformation:BatchRevokePermissions',
    'lakeformation:GetDataLakeSettings',
    'lakeformation:GrantPermissions',
    'lakeformation:ListPermissions',
    'lakeformation:RevokePermissions',
    'ram:AcceptResourceShareInvitation',
    'ram:GetResourceShareInvitations',
    'ram:GetResourceShares',
  ],
  identities: ['iam:GetRole', 'iam:GetUser'],
};
