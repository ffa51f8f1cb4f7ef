import { OperationContext } from '../services/Operation';
import { createLakeFormationOptIn } from '../services/lakeformation/operations/createLakeFormationOptIn';
import { asLakeFormation } from './asLakeFormation';
import { SeedAccount } from './SeedAccount';
import { wireResource } from './wireResource';

/** Opts the principals of an account in. */
export function applyOptIns(
  { id, optIns = [] }: SeedAccount,
  contextOf: (region: string | undefined) => OperationContext,
): void {
  optIns.forEach(({ region, principal, resource, condition }, i) =>
    asLakeFormation(
      createLakeFormationOptIn,
      'CreateLakeFormationOptInRequest',
      {
        Principal: { DataLakePrincipalIdentifier: principal },
        Resource: wireResource(resource),
        ...(condition !== undefined && {
          Condition: { Expression: condition },
        }),
      },
      contextOf(region),
      `optIns[${i}] of account ${id}`,
    ),
  );
}
