import type {
  AccessRequest,
  RequestPage,
  RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Pages, useDataMesh, usePages } from '../../api';

/** A list of requests that grows page by page. */
export type RequestList = Pages<AccessRequest, RequestPage>;

const PAGE = 50;

/** The requests that a query finds, page by page. */
export function useRequestList(query: RequestQuery): RequestList {
  const api = useDataMesh();
  return usePages(`requests ${JSON.stringify(query)}`, cursor =>
    api.listRequests({ ...query, limit: PAGE, cursor }),
  );
}
