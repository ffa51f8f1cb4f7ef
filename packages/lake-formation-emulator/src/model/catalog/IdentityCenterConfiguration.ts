/** How Lake Formation is connected with an instance of IAM Identity Center. */
export interface IdentityCenterConfiguration {
  readonly instanceArn: string;
  /** Made by Lake Formation when it is connected. */
  readonly applicationArn: string;
  status: 'ENABLED' | 'DISABLED';
  externalFiltering?: {
    status: 'ENABLED' | 'DISABLED';
    authorizedTargets: string[];
  };
  /** As the request had them. */
  serviceIntegrations: object[];
}
