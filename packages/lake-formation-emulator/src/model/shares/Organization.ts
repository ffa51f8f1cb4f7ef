/** An organizational unit with the accounts that are directly in it. */
export interface OrganizationalUnit {
  /** `ou-…`. */
  readonly id: string;
  /** The unit that contains this one; the root does where it is left out. */
  readonly parent?: string;
  readonly accounts: readonly string[];
}

/** An AWS organization. */
export interface Organization {
  /** `o-…`. */
  readonly id: string;
  readonly managementAccount: string;
  /** All members, the management account among them. */
  readonly accounts: readonly string[];
  readonly units: readonly OrganizationalUnit[];
  /** Whether RAM shares within it without invitations. */
  readonly sharingEnabled: boolean;
}

export const organizationArn = ({ id, managementAccount }: Organization) =>
  `arn:aws:organizations::${managementAccount}:organization/${id}`;

export const unitArn = (
  { id, managementAccount }: Organization,
  unit: OrganizationalUnit,
) => `arn:aws:organizations::${managementAccount}:ou/${id}/${unit.id}`;

/** The units that an account is in, from its own one up. */
export function unitsOf(
  organization: Organization,
  account: string,
): OrganizationalUnit[] {
  const found: OrganizationalUnit[] = [];
  let unit = organization.units.find(({ accounts }) =>
    accounts.includes(account),
  );
  while (unit && !found.includes(unit)) {
    found.push(unit);
    const { parent } = unit;
    unit = organization.units.find(({ id }) => id === parent);
  }
  return found;
}

/** The names under which an organization reaches a member: itself and its units. */
export const groupsOfMember = (
  organization: Organization,
  account: string,
): string[] => [
  organizationArn(organization),
  ...unitsOf(organization, account).map(unit => unitArn(organization, unit)),
];

/** Whether an organization has the organization or unit of this ARN. */
export const hasGroup = (organization: Organization, arn: string): boolean =>
  arn === organizationArn(organization) ||
  organization.units.some(unit => unitArn(organization, unit) === arn);
