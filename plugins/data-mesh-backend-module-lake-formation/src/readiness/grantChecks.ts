import {
  ListPermissionsCommand,
  type LakeFormationClient,
  type PrincipalResourcePermissions,
  type Resource,
} from '@aws-sdk/client-lakeformation';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepObservation } from '@lakemesh/backstage-plugin-data-mesh-node';
import { isIamAllowedPrincipals } from '../lake/principals';
import { Finding, failed, ok, warning } from './checks';

/** Looks how much of a step Lake Formation holds. */
export type ObserveStep = (
  step: PlanStep,
  options?: { signal?: AbortSignal },
) => Promise<StepObservation>;

const TOLD = 3;

/** Whether all that was provisioned is still there. */
export async function stepsAreInForce(
  steps: PlanStep[],
  observe: ObserveStep,
  signal?: AbortSignal,
): Promise<Finding> {
  const lacking: string[] = [];
  for (const step of steps) {
    const { state } = await observe(step, { signal });
    if (state !== 'present') {
      lacking.push(
        `${state === 'partial' ? 'only in part' : 'not'} in force: ${
          step.words.text
        }`,
      );
    }
  }
  if (lacking.length === 0) {
    return ok(
      steps.length === 1
        ? 'Lake Formation lists the grant'
        : `All ${steps.length} steps are in force`,
    );
  }
  const more = lacking.length - TOLD;
  return failed(
    `${lacking.slice(0, TOLD).join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }`,
    'Press re-apply: what is approved is granted again',
  );
}

/** All lines on a resource, by whomever. */
export async function linesOn(
  client: LakeFormationClient,
  catalogAccountId: string,
  resource: Resource,
  signal?: AbortSignal,
): Promise<PrincipalResourcePermissions[]> {
  const lines: PrincipalResourcePermissions[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListPermissionsCommand({
        CatalogId: catalogAccountId,
        Resource: resource,
        NextToken: token,
      }),
      { abortSignal: signal },
    );
    lines.push(...(page.PrincipalResourcePermissions ?? []));
    token = page.NextToken;
  } while (token);
  return lines;
}

/** Whether Lake Formation restricts access to tables at all. */
export function isRestricted(
  open: string[],
  isAcrossAccounts: boolean,
): Finding {
  if (open.length === 0) {
    return ok(
      'Lake Formation restricts access: IAM_ALLOWED_PRINCIPALS holds nothing',
    );
  }
  const names = open.join(', ');
  return isAcrossAccounts
    ? failed(
        `IAM_ALLOWED_PRINCIPALS holds permissions on ${names}, and calls from other accounts fail while it does`,
        `Have the owner revoke what IAM_ALLOWED_PRINCIPALS holds on ${names}`,
      )
    : warning(
        `IAM_ALLOWED_PRINCIPALS holds permissions on ${names}: Lake Formation restricts nobody there, columns and rows are not filtered`,
        `Have the owner revoke what IAM_ALLOWED_PRINCIPALS holds on ${names}`,
      );
}

/** Whether some of the lines leave a table to IAM. */
export const leavesToIam = (lines: PrincipalResourcePermissions[]): boolean =>
  lines.some(
    ({ Principal, Permissions }) =>
      isIamAllowedPrincipals(Principal?.DataLakePrincipalIdentifier ?? '') &&
      Permissions?.some(one => one === 'ALL' || one === 'SELECT'),
  );
