import { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import {
  productInWords,
  scopeForm,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useNoticeStyles } from '../entitlement/notices/noticeStyles';
import { SuccessorWords } from '../entitlement/notices/SuccessorWords';
import { useDataMesh, useLoad, useMe } from '../api';
import {
  CardSkeleton,
  EmptyState,
  ErrorState,
  PageFrame,
  statusOf,
  SubTitle,
} from '../components';
import { PlanView } from '../plan/PlanView';
import { ReachSummary } from '../plan/ReachSummary';
import { requestsRouteRef } from '../routes';
import { accountAliasesOf } from '../principal/accountAliasesOf';
import { useT } from '../useT';
import { BeforeYouDecide } from '../request/decide/BeforeYouDecide';
import { CommentBox } from '../request/CommentBox';
import { DecisionBar } from '../request/decide/DecisionBar';
import { DifferencesNotice } from '../request/decide/DifferencesNotice';
import { EntitlementProgress } from '../entitlement/EntitlementProgress';
import { LastWords } from '../request/LastWords';
import { planTitleOf } from '../request/planTitle';
import { RequestFacts } from '../request/RequestFacts';
import { RequestHeadline } from '../request/RequestHeadline';
import { RequestStages } from '../request/RequestStages';
import { RequestTimeline } from '../request/RequestTimeline';
import { useRequestWords } from '../scope/requestWords';
import { useEntitlement } from '../entitlement/useEntitlement';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  paper: { padding: theme.spacing(2) },
  main: { padding: theme.spacing(2, 2, 0) },
  section: { marginBottom: theme.spacing(2.5) },
}));

function Section(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <section className={classes.section} aria-label={props.title}>
      <SubTitle component="h2">{props.title}</SubTitle>
      {props.children}
    </section>
  );
}

/** One request: what it asks, who decides, what is done, and its history. */
export function RequestDetailPage() {
  const { id = '' } = useParams();
  const t = useT();
  const classes = useStyles();
  const notices = useNoticeStyles();
  const api = useDataMesh();
  const words = useRequestWords();
  const requestsLink = useRouteRef(requestsRouteRef);
  const me = useMe();
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
        {loaded.error && statusOf(loaded.error) === 404 && (
          <EmptyState
            title={t('requests.noneTitle')}
            description={t('requests.noneWords')}
            action={
              <LinkButton to={`${requestsLink()}?view=all`} variant="outlined">
                {t('requests.seeAll')}
              </LinkButton>
            }
          />
        )}
        {loaded.error && statusOf(loaded.error) !== 404 && (
          <ErrorState
            error={loaded.error}
            what={t('requests.oneWhat')}
            permission="data-mesh.request.read"
            onRetry={() => void loaded.reload()}
          />
        )}
        {!loaded.error && <CardSkeleton lines={10} />}
      </PageFrame>
    );
  }
  const purposes = me.value?.purposes;
  const deciding = request.actions.includes('approve');
  const onChange = loaded.set;

  const planTitle = t(
    `requests.plan.${planTitleOf(request, entitlement.value?.state)}`,
  );

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
        <Paper variant="outlined" className={classes.main}>
          <RequestHeadline
            request={request}
            ownershipRefs={me.value?.ownershipRefs ?? []}
          />
          {request.successor && !request.entitlementId && (
            <div className={`${notices.attention} ${notices.inherit}`}>
              <SuccessorWords
                name={productInWords(request)}
                to={request.successor}
              />
            </div>
          )}
          <LastWords request={request} purposes={purposes} />
          <DifferencesNotice request={request} />
          <RequestFacts
            request={request}
            purposes={purposes}
            entitlement={entitlement.value}
          />
          <Section title={t('requests.stages.title')}>
            <RequestStages request={request} />
          </Section>
          {request.reach &&
            (request.reach.unknown ||
              scopeForm(request.scope) !== 'tables') && (
              <Section title={t('reach.title')}>
                <ReachSummary reach={request.reach} />
              </Section>
            )}
          <Section title={planTitle}>
            {request.entitlementId ? (
              <EntitlementProgress
                request={request}
                entitlement={entitlement}
              />
            ) : (
              <>
                {request.kind === 'renew' && (
                  <Typography variant="body2" paragraph>
                    {t('requests.plan.renewal')}
                  </Typography>
                )}
                {request.kind !== 'renew' && request.plan && (
                  <PlanView
                    plan={request.plan}
                    accountAliases={accountAliasesOf([request.principal])}
                  />
                )}
                {request.kind !== 'renew' && !request.plan && (
                  <Typography variant="body2" color="textSecondary">
                    {words.noPlan(request)}
                  </Typography>
                )}
              </>
            )}
          </Section>
          {deciding && (
            <Section title={t('requests.before.title')}>
              <BeforeYouDecide request={request} />
            </Section>
          )}
          <DecisionBar request={request} onChange={onChange} />
        </Paper>
        <Paper variant="outlined" className={classes.paper}>
          <Section title={t('requests.timeline.title')}>
            <RequestTimeline
              request={request}
              entitlement={entitlement.value}
              purposes={purposes}
            />
          </Section>
          {request.actions.includes('comment') && (
            <CommentBox request={request} onChange={onChange} />
          )}
        </Paper>
      </div>
    </PageFrame>
  );
}
