import { parseEntityRef } from '@backstage/catalog-model';

/** Where the form for a product is, with what it is about. */
function formOf(productRef: string, about: 'renew' | 'revise', id: string) {
  const { namespace, name } = parseEntityRef(productRef);
  return `/data-mesh/request/${encodeURIComponent(
    namespace,
  )}/${encodeURIComponent(name)}?${about}=${encodeURIComponent(id)}`;
}

/** Pages that notifications lead to. */
export const links = {
  request: (id: string) => `/data-mesh/requests/${encodeURIComponent(id)}`,
  /** Several that wait, with the first open. */
  requestsToDecide: (id: string) =>
    `/data-mesh/requests?view=toDecide&id=${encodeURIComponent(id)}`,
  revise: ({ productRef, id }: { productRef: string; id: string }) =>
    formOf(productRef, 'revise', id),
  renew: (productRef: string, accessId: string) =>
    formOf(productRef, 'renew', accessId),
  access: (id: string) => `/data-mesh/access/${encodeURIComponent(id)}`,
  drift: '/data-mesh/grants?tab=drift',
};
