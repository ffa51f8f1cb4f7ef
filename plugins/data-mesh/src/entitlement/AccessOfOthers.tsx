import {
  productInWords,
  type EntitlementDetail,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import type { Loaded } from '../api';
import {
  EmptyState,
  ErrorState,
  FreeText,
  PageFrame,
  statusOf,
} from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { accessRouteRef } from '../routes';
import { useT } from '../useT';
import { EntitlementCard } from './EntitlementCard';

/** One access to those who may read it without holding it, as a page. */
export function AccessOfOthers(props: {
  loaded: Loaded<EntitlementDetail>;
  purposes?: readonly Purpose[];
}) {
  const { loaded, purposes } = props;
  const { value: access, error } = loaded;
  const t = useT();
  const myAccess = useRouteRef(accessRouteRef);
  const isMissing = error && statusOf(error) === 404;
  const title = access
    ? `${productInWords(access)} · ${access.port}`
    : t('access.one.title');
  return (
    <PageFrame
      title={title}
      heading={access && <FreeText>{title}</FreeText>}
      subtitle={access && <PrincipalLabel principal={access.principal} />}
      breadcrumb={
        access && !access.successor ? (
          <EntityRefLink entityRef={access.productRef} hideIcon />
        ) : (
          <Link to={myAccess()}>{t('pages.access')}</Link>
        )
      }
    >
      {isMissing && (
        <EmptyState
          title={t('access.one.none')}
          description={t('access.one.noneWords')}
          action={
            <LinkButton to={myAccess()} variant="outlined">
              {t('pages.access')}
            </LinkButton>
          }
        />
      )}
      {error && !isMissing && (
        <ErrorState
          error={error}
          what={t('access.one.what')}
          permission="data-mesh.entitlement.read"
          onRetry={() => void loaded.reload()}
        />
      )}
      {access && (
        <Paper variant="outlined">
          <EntitlementCard
            entitlement={access}
            purposes={purposes}
            onChange={loaded.set}
          />
        </Paper>
      )}
    </PageFrame>
  );
}
