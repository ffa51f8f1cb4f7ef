import type {
  UpdateLFTagExpressionRequest,
  UpdateLFTagExpressionResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { hasPermission, isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { readBody } from '../savedExpressions';

/** Replaces a saved expression: what its grants reach changes with it. */
export const updateLFTagExpression: Operation<
  UpdateLFTagExpressionRequest,
  UpdateLFTagExpressionResponse
> = (input, context) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const { Name: name, Description: description } = input;
  if (
    !isAdministrator(catalog, caller.principal) &&
    !hasPermission(catalog, caller, { kind: 'lfTagExpression', name }, 'ALTER')
  ) {
    throw notThereOrNotAllowed();
  }
  const saved = catalog.tagExpressions.get(name);
  if (!saved) {
    throw entityNotFound('LF-Tag expression not found.');
  }
  const expression = readBody(input.Expression, catalog, context);
  catalog.tagExpressions.set(name, {
    name,
    ...(description !== undefined && { description }),
    expression,
    createdBy: saved.createdBy,
  });
  return {};
};
