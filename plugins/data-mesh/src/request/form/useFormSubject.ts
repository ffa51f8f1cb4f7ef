import { useMemo } from 'react';
import { DATA_PRODUCT_KIND } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useParams, useSearchParams } from 'react-router-dom';
import { Loaded, useDataMesh, useLoad, useMe, useProduct } from '../../api';

/** How many of the caller's requests tell which purposes they have. */
const LOOKED_BACK = 20;

/**
 * What the form is about, as its address says: a product, and perhaps a request
 * to change or to make again, or an access to renew or to change. None of it is
 * refreshed under the hands of somebody who fills the form in.
 */
export function useFormSubject() {
  const { namespace = 'default', name = '' } = useParams();
  const [search] = useSearchParams();
  const api = useDataMesh();
  const reviseId = search.get('revise') ?? undefined;
  const againId = search.get('again') ?? undefined;
  const named = (['renew', 'amend'] as const).find(one => search.get(one));
  const productRef = stringifyEntityRef({
    kind: DATA_PRODUCT_KIND,
    namespace,
    name,
  }).toLocaleLowerCase('en-US');

  const product = useProduct(productRef);
  const me = useMe();
  const revise = useLoad(
    reviseId && `revise ${reviseId}`,
    () => api.getRequest(reviseId ?? ''),
    { live: false },
  );
  const again = useLoad(
    againId && `again ${againId}`,
    () => api.getRequest(againId ?? ''),
    { live: false },
  );
  const revised = revise.value;
  const kind =
    revised?.kind === 'renew' || revised?.kind === 'amend'
      ? revised.kind
      : named;
  const accessId =
    revised?.amendsEntitlementId ?? (named && search.get(named)) ?? undefined;
  const access = useLoad(
    accessId && `access ${accessId}`,
    () => api.getEntitlement(accessId ?? ''),
    { live: false },
  );
  // Only to preset a field: where it cannot be had, the field is empty.
  const mine = useLoad(
    reviseId || againId || accessId ? undefined : 'purposes of mine',
    () => api.listRequests({ view: 'mine', limit: LOOKED_BACK }),
    { live: false },
  );
  const isMissing = product.value !== undefined && !product.value.entity;
  const successors = useLoad(
    isMissing ? `successors ${productRef}` : undefined,
    () => api.listSuccessors(productRef),
    { live: false },
  );
  const entitlement = access.value;
  const about = useMemo(
    () => kind && entitlement && { kind, entitlement },
    [kind, entitlement],
  );

  const loads = { product, me, revise, again, access };
  const failed = (Object.keys(loads) as Array<keyof typeof loads>).find(
    one => loads[one].error && !loads[one].value,
  );
  return {
    namespace,
    name,
    productRef,
    search,
    reviseId,
    againId,
    accessId,
    kind,
    entity: product.value?.entity,
    successor: successors.value?.items[0]?.successor,
    me: me.value,
    revised,
    again: again.value,
    about,
    usedPurposes: mine.value?.items.map(({ purpose }) => purpose),
    failed: failed && { what: failed, load: loads[failed] as Loaded<unknown> },
    loading:
      !product.value ||
      !me.value ||
      mine.loading ||
      (reviseId !== undefined && !revised) ||
      (againId !== undefined && !again.value) ||
      (accessId !== undefined && !entitlement),
  };
}
