import { invalidInput, notEmulated } from '../../model/AwsError';
import { Catalog } from '../../model/Catalog';
import { catalogOf } from '../../model/EmulatorState';
import { isAccountId } from '../../model/principals';
import { OperationContext } from '../Operation';

/** The catalog a request is about: the one it names, or the caller's own. */
export function requestedCatalog(
  { state, caller }: OperationContext,
  catalogId: string | undefined,
): Catalog {
  if (catalogId !== undefined && !isAccountId(catalogId)) {
    if (catalogId.includes(':')) {
      throw notEmulated(`nested catalogs (found CatalogId ${catalogId}) yet`);
    }
    throw invalidInput('Catalog id must be a valid AWS account id.');
  }
  return catalogOf(state, catalogId ?? caller.account, caller.region);
}
