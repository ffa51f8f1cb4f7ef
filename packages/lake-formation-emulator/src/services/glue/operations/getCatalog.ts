import type {
  GetCatalogRequest,
  GetCatalogResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { renderCatalog, visibleCatalog } from '../catalogs';

export const getCatalog: Operation<GetCatalogRequest, GetCatalogResponse> = (
  input,
  context,
) => ({ Catalog: renderCatalog(visibleCatalog(context, input.CatalogId)) });
