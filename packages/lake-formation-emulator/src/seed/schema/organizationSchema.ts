import { z } from 'zod';
import {
  accountId,
  fields,
  flag,
  list,
  noneTwice,
  text,
  texts,
  whole,
} from '../../input/fields';
import { SeedOrganization, SeedOrganizationalUnit } from '../SeedOrganization';
import { allUnits, membersOf } from '../membersOf';

const unit: z.ZodType<SeedOrganizationalUnit> = fields({
  id: text('an id that begins with ou-', /^ou-[a-z0-9-]+$/),
  accounts: texts(accountId),
  units: z.lazy(() => list(unit)).default([]),
});

const organization: z.ZodType<SeedOrganization> = fields({
  id: text('an id that begins with o-', /^o-[a-z0-9]+$/),
  managementAccount: accountId,
  accounts: texts(accountId),
  units: list(unit).default([]),
  sharingEnabled: flag().default(true),
});

/** The organizations of a seed. */
export const organizationsSchema = list(organization).check(
  whole(organizations => {
    const member = noneTwice(organizations.flatMap(membersOf));
    return member
      ? { ...member, expected: 'each account to be a member in one place' }
      : noneTwice([
          ...organizations.map(({ id }) => id),
          ...organizations
            .flatMap(({ units }) => allUnits(units))
            .map(({ id }) => id),
        ]);
  }),
);
