import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { Loaded } from '../../api';
import {
  CardSkeleton,
  EmptyState,
  ErrorState,
  statusOf,
} from '../../components';
import { requestsRouteRef } from '../../routes';
import { useT } from '../../useT';

/** Stands for a request that is not here, or not yet. */
export function NoRequest(props: { loaded: Loaded<RequestDetail> }) {
  const { error, reload } = props.loaded;
  const t = useT();
  const requestsLink = useRouteRef(requestsRouteRef);
  if (!error) return <CardSkeleton lines={10} />;
  if (statusOf(error) === 404) {
    return (
      <EmptyState
        title={t('requests.noneTitle')}
        description={t('requests.noneWords')}
        action={
          <LinkButton to={`${requestsLink()}?view=all`} variant="outlined">
            {t('requests.seeAll')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <ErrorState
      error={error}
      what={t('requests.oneWhat')}
      permission="data-mesh.request.read"
      onRetry={() => void reload()}
    />
  );
}
