import { FieldReader, wrong } from './FieldReader';
import {
  SeedOrganization,
  SeedOrganizationalUnit,
} from './LakeFormationEmulatorSeed';

const ACCOUNT_ID = /^\d{12}$/;
const AN_ACCOUNT_ID = 'an account id of twelve digits';

function readUnit(fields: FieldReader): SeedOrganizationalUnit {
  fields.onlyKnows(['id', 'accounts', 'units']);
  return {
    id: fields.text('id', /^ou-[a-z0-9-]+$/, 'an id that begins with ou-'),
    accounts: fields.texts('accounts', ACCOUNT_ID, AN_ACCOUNT_ID),
    units: fields.objects('units', readUnit),
  };
}

/** The units and everything inside of them. */
const allUnits = (
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

const firstTwice = (names: readonly string[]) =>
  names.find((name, i) => names.indexOf(name) !== i);

/** Checks the organizations of a seed. */
export function readOrganizations(fields: FieldReader): SeedOrganization[] {
  const organizations = fields.objects('organizations', one => {
    one.onlyKnows([
      'id',
      'managementAccount',
      'accounts',
      'units',
      'sharingEnabled',
    ]);
    return {
      id: one.text('id', /^o-[a-z0-9]+$/, 'an id that begins with o-'),
      managementAccount: one.text(
        'managementAccount',
        ACCOUNT_ID,
        AN_ACCOUNT_ID,
      ),
      accounts: one.texts('accounts', ACCOUNT_ID, AN_ACCOUNT_ID),
      units: one.objects('units', readUnit),
      sharingEnabled: one.has('sharingEnabled')
        ? one.flag('sharingEnabled')
        : true,
    };
  });
  const member = firstTwice(organizations.flatMap(membersOf));
  if (member !== undefined) {
    throw wrong(
      'organizations',
      'each account to be a member in one place',
      member,
    );
  }
  const id = firstTwice([
    ...organizations.map(one => one.id),
    ...organizations.flatMap(one => allUnits(one.units)).map(one => one.id),
  ]);
  if (id !== undefined) {
    throw wrong('organizations', 'no entry twice', id);
  }
  return organizations;
}
