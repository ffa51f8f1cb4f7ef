import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import { MIN_DURATION_SECONDS } from './vendingConfig';

const ENGINES =
  'query it in an engine that filters, like Athena, Redshift Spectrum or EMR';

/**
 * The tables that an access reaches as a whole, so that credentials for their
 * files show nothing that is hidden; or why there are none. Pure.
 */
export function vendableTables(
  { port, scope, principal, expiresAt }: AccessInForce,
  now: number,
): { tables: string[] } | { reason: string } {
  if (principal.kind !== 'iam-role') {
    return {
      reason: `Lake Formation gives credentials to IAM roles only; ${principalInWords(
        principal,
      )} is of kind ${principal.kind}`,
    };
  }
  if (expiresAt && expiresAt.getTime() - now < MIN_DURATION_SECONDS * 1000) {
    return {
      reason: `The access ends at ${expiresAt.toISOString()}; Lake Formation gives no credentials for less than ${
        MIN_DURATION_SECONDS / 60
      } minutes`,
    };
  }
  if (scope.tagExpression?.length) {
    return {
      reason: `An LF-Tag expression may reach a part of a table's columns, and credentials reach its whole files; ${ENGINES}`,
    };
  }
  if (scope.allTables) return { tables: port.tables.map(({ name }) => name) };
  const whole = scope.tables.filter(
    ({ columns, rowFilter }) =>
      columns === undefined && rowFilter === undefined,
  );
  if (whole.length > 0) return { tables: whole.map(({ table }) => table) };
  return {
    reason: `The access is restricted to columns or rows, and credentials reach a table's whole files; ${ENGINES}`,
  };
}
