import { entityNotFound, invalidInput } from '../../model/api/AwsError';
import { Catalog, catalogOf } from '../../model/state/EmulatorState';
import { findCatalog, isNestedId } from '../../model/state/nestedCatalogs';
import { isAccountId } from '../../model/iam/principals';
import { OperationContext } from '../Operation';

/**
 * The catalog a request is about: the one it names, or the caller's own. Only a
 * whole account can be named here, a nested catalog is named by resources.
 */
export function requestedCatalog(
  { state, caller }: OperationContext,
  catalogId: string | undefined,
): Catalog {
  if (catalogId !== undefined && !isAccountId(catalogId)) {
    throw invalidInput('Catalog id must be a valid AWS account id.');
  }
  return catalogOf(state, catalogId ?? caller.account, caller.region);
}

/**
 * The catalog that a resource is in: the one it names, which may be a nested
 * one, else the request's.
 */
export function catalogOfResource(
  context: OperationContext,
  named: string | undefined,
  requested?: string,
): Catalog {
  const catalog = requestedCatalog(context, requested);
  if (named === undefined) return catalog;
  if (!isNestedId(named)) return requestedCatalog(context, named);
  const found = findCatalog(context.state, named, context.caller.region);
  if (!found) throw entityNotFound('Catalog not found.');
  return found;
}
