import { useParams } from 'react-router-dom';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad, useMe } from '../api';
import { ErrorState, PageFrame } from '../components';
import { useEntitlement } from '../entitlement/useEntitlement';
import { CommentBox } from '../request/CommentBox';
import { NoRequest } from '../request/detail/NoRequest';
import { RequestMain } from '../request/detail/RequestMain';
import { Section } from '../request/detail/Section';
import { RequestTimeline } from '../request/RequestTimeline';
import { requestsRouteRef } from '../routes';
import { useRequestWords } from '../scope/requestWords';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  history: { padding: theme.spacing(2) },
}));

/** One request: what it asks, who decides, what is done, and its history. */
export function RequestDetailPage() {
  const { id = '' } = useParams();
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const words = useRequestWords();
  const requestsLink = useRouteRef(requestsRouteRef);
  const me = useMe().value;
  const loaded = useLoad(`request ${id}`, () => api.getRequest(id));
  const request = loaded.value;
  // Before a renewal or change is decided, the access that it is about.
  const entitlement = useEntitlement(
    request?.entitlementId ?? request?.amendsEntitlementId,
  );

  const breadcrumb = <Link to={requestsLink()}>{t('requests.title')}</Link>;
  if (!request) {
    return (
      <PageFrame title={t('requests.oneTitle')} breadcrumb={breadcrumb}>
        <NoRequest loaded={loaded} />
      </PageFrame>
    );
  }
  return (
    <PageFrame
      title={words.what(request)}
      breadcrumb={breadcrumb}
      subtitle={
        <>
          {t('requests.head.askedBy')}{' '}
          <EntityRefLink entityRef={request.requesterRef} hideIcon />
          {!request.successor && (
            <>
              {' · '}
              <EntityRefLink entityRef={request.productRef}>
                {t('requests.head.seeProduct')}
              </EntityRefLink>
            </>
          )}
        </>
      }
    >
      {loaded.error && (
        <ErrorState
          error={loaded.error}
          what={t('requests.oneWhat')}
          onRetry={() => void loaded.reload()}
        />
      )}
      <div className={classes.columns}>
        <RequestMain
          request={request}
          entitlement={entitlement}
          me={me}
          onChange={loaded.set}
        />
        <Paper variant="outlined" className={classes.history}>
          <Section title={t('requests.timeline.title')}>
            <RequestTimeline
              request={request}
              entitlement={entitlement.value}
              purposes={me?.purposes}
            />
          </Section>
          {request.actions.includes('comment') && (
            <CommentBox request={request} onChange={loaded.set} />
          )}
        </Paper>
      </div>
    </PageFrame>
  );
}
