import { InputError } from '@backstage/errors';
import type {
  AccessScope,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation } from '../model/PortLocation';

const GRANTABLE_KINDS: ReadonlySet<Principal['kind']> = new Set([
  'iam-role',
  'iam-user',
]);

/**
 * Refuses what this version cannot do, before AWS is asked anything: nothing
 * is ever planned in half.
 *
 * @throws InputError naming the field
 */
export function checkIntent(
  { port, scope, principal }: AccessIntent,
  location: PortLocation,
): void {
  checkPrincipal(principal, location);
  checkScope(scope);
  const declared = new Set(port.tables.map(table => table.name));
  scope.tables.forEach(({ table }, index) => {
    if (!declared.has(table)) {
      throw new InputError(
        `scope.tables[${index}].table is '${table}'; port '${port.name}' has no such table`,
      );
    }
  });
}

function checkPrincipal(principal: Principal, location: PortLocation): void {
  const field = `principals[${principal.id}]`;
  if (!GRANTABLE_KINDS.has(principal.kind)) {
    throw new InputError(
      `${field} is of kind ${principal.kind}; this version grants to IAM roles and IAM users only`,
    );
  }
  if (principal.accountId !== location.accountId) {
    throw new InputError(
      `${field} lives in account ${
        principal.accountId ?? 'unknown'
      }, the catalog in ${
        location.accountId
      }; access across accounts is not supported by this version`,
    );
  }
}

function checkScope(scope: AccessScope): void {
  if (scope.level !== 'read') {
    throw new InputError(
      `scope.level is '${scope.level}'; this version grants 'read' only`,
    );
  }
  if (scope.tagExpression?.length) {
    throw new InputError(
      'scope.tagExpression is not supported by this version; name tables',
    );
  }
  if (scope.tables.length === 0) {
    throw new InputError('scope.tables is empty; expected at least one table');
  }
  scope.tables.forEach(({ table, columns, rowFilter }, index) => {
    if (rowFilter !== undefined) {
      throw new InputError(
        `scope.tables[${index}].rowFilter is not supported by this version`,
      );
    }
    if (columns?.length === 0) {
      throw new InputError(
        `scope.tables[${index}].columns of '${table}' is empty; name columns, or leave it out for all`,
      );
    }
  });
}
