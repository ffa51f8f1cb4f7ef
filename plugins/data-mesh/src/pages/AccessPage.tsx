import {
  isUnderWay,
  productInWords,
  type Entitlement,
  type Me,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useParams } from 'react-router-dom';
import { useDataMesh, useLoad, useMe } from '../api';
import {
  CardSkeleton,
  EmptyState,
  ErrorState,
  FreeText,
  PageFrame,
  statusOf,
  SubTitle,
} from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { accessRouteRef } from '../routes';
import { UseAccess } from '../entitlement/use/UseAccess';
import { useT } from '../useT';
import { EntitlementCard } from '../entitlement/EntitlementCard';

const useStyles = makeStyles(theme => ({
  part: { marginBottom: theme.spacing(2) },
  use: { padding: theme.spacing(2) },
}));

const isOf = (entitlement: Entitlement, me: Me | undefined) =>
  entitlement.requesterRef === me?.userRef ||
  Boolean(
    me?.principals.some(
      ({ principal }) => principal.id === entitlement.principal.id,
    ),
  );

/**
 * One access, at `/access/:id`: for its holder how it is used, for everybody
 * who may read it what it is, by whose decision, and what can be done.
 */
export function AccessPage() {
  const { id = '' } = useParams();
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const myAccess = useRouteRef(accessRouteRef);
  const me = useMe().value;
  const loaded = useLoad(`access ${id}`, () => api.getEntitlement(id), {
    pollWhile: isUnderWay,
  });
  const { value: entitlement, error } = loaded;
  const isMine = entitlement && isOf(entitlement, me);
  const isMissing = error && statusOf(error) === 404;
  const title = entitlement
    ? `${productInWords(entitlement)} · ${entitlement.port}`
    : t('access.one.title');
  return (
    <PageFrame
      title={title}
      heading={entitlement && <FreeText>{title}</FreeText>}
      subtitle={
        entitlement && <PrincipalLabel principal={entitlement.principal} />
      }
      breadcrumb={
        entitlement && !isMine && !entitlement.successor ? (
          <EntityRefLink entityRef={entitlement.productRef} hideIcon />
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
      {loaded.loading && <CardSkeleton lines={8} />}
      {entitlement && (
        <Paper variant="outlined" className={classes.part}>
          <EntitlementCard
            entitlement={entitlement}
            purposes={me?.purposes}
            isOpen
            onChange={loaded.set}
          />
        </Paper>
      )}
      {entitlement?.state === 'active' && isMine && (
        <Paper
          variant="outlined"
          component="section"
          className={classes.use}
          aria-label={t('usage.open')}
        >
          <SubTitle component="h2">{t('usage.open')}</SubTitle>
          <UseAccess entitlement={entitlement} />
        </Paper>
      )}
    </PageFrame>
  );
}
