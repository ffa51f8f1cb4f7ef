import { useCallback } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  DATA_PRODUCT_KIND,
  isDataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { useDataMesh, useLoad } from '../api';
import { CardSkeleton, EmptyState, ErrorState, PageFrame } from '../components';
import { requestRouteRef, requestsRouteRef, rootRouteRef } from '../routes';
import { useT } from '../useT';
import { RequestForm } from './RequestForm';

/**
 * The form that asks for access to one product, at
 * `/request/:namespace/:name?port=…`; with `?revise=ID` it changes a request.
 */
export function RequestFormPage() {
  const { namespace = 'default', name = '' } = useParams();
  const [search] = useSearchParams();
  const reviseId = search.get('revise') ?? undefined;
  const t = useT();
  const navigate = useNavigate();
  const catalog = useApi(catalogApiRef);
  const api = useDataMesh();
  const discover = useRouteRef(rootRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const entityLink = useRouteRef(entityRouteRef);
  const productRef = stringifyEntityRef({
    kind: DATA_PRODUCT_KIND,
    namespace,
    name,
  }).toLocaleLowerCase('en-US');

  // None of these is refreshed under the hands of somebody who fills a form in.
  const product = useLoad(
    `product ${productRef}`,
    async () => {
      const entity = await catalog.getEntityByRef(productRef);
      return { entity: entity && isDataProductEntity(entity) ? entity : null };
    },
    { live: false },
  );
  const me = useLoad('me', () => api.getMe(), { live: false });
  const revise = useLoad(
    reviseId && `revise ${reviseId}`,
    () => api.getRequest(reviseId ?? ''),
    { live: false },
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
  const onCancel = () =>
    navigate(
      reviseId
        ? requestLink({ id: reviseId })
        : entityLink({
            kind: DATA_PRODUCT_KIND.toLocaleLowerCase('en-US'),
            namespace,
            name,
          }),
    );

  const title = reviseId
    ? t('requestForm.reviseTitle')
    : t('requestForm.title');
  const failed = [
    { load: product, what: t('requestForm.loadWhat') },
    { load: me, what: t('requestForm.loadMe') },
    { load: revise, what: t('requestForm.loadRequest') },
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
  if (!product.value || !me.value || (reviseId && !revise.value)) {
    return (
      <PageFrame title={title}>
        <CardSkeleton lines={10} />
      </PageFrame>
    );
  }
  const { entity } = product.value;
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
      key={`${productRef} ${reviseId}`}
      product={entity}
      productRef={productRef}
      me={me.value}
      port={search.get('port') ?? undefined}
      revise={revise.value}
      onSent={onSent}
      onCancel={onCancel}
    />
  );
}
