import { useCallback, useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { DATA_PRODUCT_KIND } from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { SuccessorWords } from '../entitlement/notices/SuccessorWords';
import { useDataMesh, useLoad, useMe, useProduct } from '../api';
import { CardSkeleton, EmptyState, ErrorState, PageFrame } from '../components';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
  requestsRouteRef,
  rootRouteRef,
} from '../routes';
import { formTitle } from '../request/form/formTitle';
import { useT } from '../useT';
import { RequestForm } from '../request/form/RequestForm';

/**
 * The form that asks for access to one product, at
 * `/request/:namespace/:name?port=…`; with `?again=ID` it begins with what a
 * request said that came to nothing, with `?revise=ID` it changes a request,
 * with `?renew=ID` or `?amend=ID` it asks for more time or for another scope of
 * an access that is held.
 */
export function RequestFormPage() {
  const { namespace = 'default', name = '' } = useParams();
  const [search] = useSearchParams();
  const reviseId = search.get('revise') ?? undefined;
  const againId = search.get('again') ?? undefined;
  const named = (['renew', 'amend'] as const).find(one => search.get(one));
  const t = useT();
  const navigate = useNavigate();
  const api = useDataMesh();
  const discover = useRouteRef(rootRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const formLink = useRouteRef(requestFormRouteRef);
  const entityLink = useRouteRef(entityRouteRef);
  const productRef = stringifyEntityRef({
    kind: DATA_PRODUCT_KIND,
    namespace,
    name,
  }).toLocaleLowerCase('en-US');

  // None of these is refreshed under the hands of somebody who fills a form in.
  const product = useProduct(productRef);
  const me = useMe();
  const revise = useLoad(
    reviseId && `revise ${reviseId}`,
    () => api.getRequest(reviseId ?? ''),
    { live: false },
  );
  const revised = revise.value;
  const again = useLoad(
    againId && `again ${againId}`,
    () => api.getRequest(againId ?? ''),
    { live: false },
  );
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

  const onSent = useCallback(
    (made: AccessRequest[]) => {
      navigate(
        made.length === 1
          ? requestLink({ id: made[0].id })
          : `${requestsLink()}?view=mine`,
      );
    },
    [navigate, requestLink, requestsLink],
  );
  const onCancel = () => {
    if (reviseId) navigate(requestLink({ id: reviseId }));
    else if (accessId) navigate(accessLink({ id: accessId }));
    else {
      navigate(
        entityLink({
          kind: DATA_PRODUCT_KIND.toLocaleLowerCase('en-US'),
          namespace,
          name,
        }),
      );
    }
  };

  const title = t(formTitle(Boolean(reviseId), kind));
  const failed = [
    { load: product, what: t('requestForm.loadWhat') },
    { load: me, what: t('requestForm.loadMe') },
    { load: revise, what: t('requestForm.loadRequest') },
    { load: again, what: t('requestForm.loadAgain') },
    { load: access, what: t('requestForm.loadAccess') },
  ].find(({ load }) => load.error && !load.value);
  if (failed?.load.error) {
    return (
      <PageFrame title={title}>
        <ErrorState
          error={failed.load.error}
          what={failed.what}
          onRetry={() => void failed.load.reload()}
        />
      </PageFrame>
    );
  }
  if (
    !product.value ||
    !me.value ||
    (reviseId && !revised) ||
    (againId && !again.value) ||
    (accessId && !entitlement)
  ) {
    return (
      <PageFrame title={title}>
        <CardSkeleton lines={10} />
      </PageFrame>
    );
  }
  const { entity } = product.value;
  const successor = successors.value?.items[0]?.successor;
  if (!entity && successor) {
    return (
      <PageFrame title={title}>
        <EmptyState
          title={t('requestForm.notFoundTitle', { name })}
          description={<SuccessorWords name={name} to={successor} />}
          action={
            <LinkButton
              to={`${formLink(
                parseEntityRef(successor.productRef),
              )}?${new URLSearchParams({ port: successor.port })}`}
              variant="outlined"
              color="primary"
            >
              {t('access.successor.ask')}
            </LinkButton>
          }
        />
      </PageFrame>
    );
  }
  if (!entity || entity.spec.outputPorts.length === 0) {
    return (
      <PageFrame title={title}>
        <EmptyState
          title={
            entity
              ? t('requestForm.noPortsTitle', {
                  name: entity.metadata.title ?? name,
                })
              : t('requestForm.notFoundTitle', { name })
          }
          description={
            entity
              ? t('requestForm.noPortsWords')
              : t('requestForm.notFoundWords')
          }
          action={
            <LinkButton to={discover()} variant="outlined" color="primary">
              {t('requestForm.toDiscover')}
            </LinkButton>
          }
        />
      </PageFrame>
    );
  }
  return (
    <RequestForm
      key={`${productRef} ${reviseId} ${againId} ${kind} ${accessId}`}
      product={entity}
      productRef={productRef}
      me={me.value}
      port={search.get('port') ?? undefined}
      revise={revised}
      like={again.value}
      about={about}
      onSent={onSent}
      onCancel={onCancel}
    />
  );
}
