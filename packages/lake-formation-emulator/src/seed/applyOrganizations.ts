import { Organization, OrganizationalUnit } from '../model/shares/Organization';
import { SeedOrganization, SeedOrganizationalUnit } from './SeedOrganization';
import { membersOf } from './membersOf';

const flatUnits = (
  units: readonly SeedOrganizationalUnit[] = [],
  parent?: string,
): OrganizationalUnit[] =>
  units.flatMap(unit => [
    { id: unit.id, parent, accounts: unit.accounts ?? [] },
    ...flatUnits(unit.units, unit.id),
  ]);

/** The organizations that a checked seed describes. */
export const organizationsOf = (
  seeds: readonly SeedOrganization[] = [],
): Organization[] =>
  seeds.map(seed => ({
    id: seed.id,
    managementAccount: seed.managementAccount,
    accounts: membersOf(seed),
    units: flatUnits(seed.units),
    sharingEnabled: seed.sharingEnabled ?? true,
  }));
