import { SeedOrganization, SeedOrganizationalUnit } from './SeedOrganization';

/** The units and everything inside of them. */
export const allUnits = (
  units: readonly SeedOrganizationalUnit[] = [],
): SeedOrganizationalUnit[] =>
  units.flatMap(unit => [unit, ...allUnits(unit.units)]);

/** The members of an organization, as often as they are named. */
export const membersOf = ({
  managementAccount,
  accounts = [],
  units,
}: SeedOrganization): string[] => {
  const named = [
    ...accounts,
    ...allUnits(units).flatMap(unit => unit.accounts ?? []),
  ];
  return named.includes(managementAccount)
    ? named
    : [managementAccount, ...named];
};
