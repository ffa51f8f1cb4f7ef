/**
 * An AWS organization. An account is a member of one organization at most.
 *
 * @public
 */
export interface SeedOrganization {
  /** Such as `o-abcdefghij`. */
  id: string;
  /** The account that manages it, a member like the others. */
  managementAccount: string;
  /** Members that are in no organizational unit. */
  accounts?: string[];
  /** The organizational units below the root. */
  units?: SeedOrganizationalUnit[];
  /** Whether RAM shares within it without invitations. True where left out. */
  sharingEnabled?: boolean;
}

/**
 * An organizational unit.
 *
 * @public
 */
export interface SeedOrganizationalUnit {
  /** Such as `ou-abcd-12345678`. */
  id: string;
  /** Members that are directly in it. */
  accounts?: string[];
  /** The units inside of it. */
  units?: SeedOrganizationalUnit[];
}
