import type {
  DeleteLFTagExpressionRequest,
  DeleteLFTagExpressionResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { hasPermission, isAdministrator } from '../../../model/access/access';
import { Catalog } from '../../../model/state/EmulatorState';
import { GrantResource } from '../../../model/grants/Grant';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';

function deleteGrantsOn({ grants }: Catalog, resource: GrantResource) {
  for (const { principal, condition } of [...grants.on(resource)]) {
    grants.delete(principal, resource, condition);
  }
}

/** Deletes a saved expression, what is granted on it and what it was granted by. */
export const deleteLFTagExpression: Operation<
  DeleteLFTagExpressionRequest,
  DeleteLFTagExpressionResponse
> = (input, context) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const { Name: name } = input;
  if (
    !isAdministrator(catalog, caller.principal) &&
    !hasPermission(catalog, caller, { kind: 'lfTagExpression', name }, 'DROP')
  ) {
    throw notThereOrNotAllowed();
  }
  if (!catalog.tagExpressions.delete(name)) {
    throw entityNotFound('LF-Tag expression not found.');
  }
  deleteGrantsOn(catalog, { kind: 'lfTagExpression', name });
  for (const reaches of ['DATABASE', 'TABLE'] as const) {
    deleteGrantsOn(catalog, {
      kind: 'lfTagPolicy',
      reaches,
      expressionName: name,
    });
  }
  return {};
};
