import type {
  GetLFTagExpressionRequest,
  GetLFTagExpressionResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { seesResource } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { renderSavedExpression } from '../savedExpressions';

export const getLFTagExpression: Operation<
  GetLFTagExpressionRequest,
  GetLFTagExpressionResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const { Name: name } = input;
  if (
    !seesResource(catalog, context.caller, { kind: 'lfTagExpression', name })
  ) {
    throw notThereOrNotAllowed();
  }
  const saved = catalog.tagExpressions.get(name);
  if (!saved) {
    throw entityNotFound('LF-Tag expression not found.');
  }
  return renderSavedExpression(catalog, saved);
};
