import type {
  Me,
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeForm } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { CardSkeleton, ErrorState, SubTitle } from '../components';
import { PlanView } from '../plan/PlanView';
import { ReachSummary } from '../plan/ReachSummary';
import { requestRouteRef } from '../routes';
import { accountAliasesOf } from '../principal/accountAliasesOf';
import { useT } from '../useT';
import { BeforeYouDecide } from './decide/BeforeYouDecide';
import { DecisionBar } from './decide/DecisionBar';
import { DifferencesNotice } from './decide/DifferencesNotice';
import { EntitlementProgress } from '../entitlement/EntitlementProgress';
import { LastWords } from './LastWords';
import { planTitleOf } from './planTitle';
import { RequestFacts } from './RequestFacts';
import { RequestHeadline, RequestTitle } from './RequestHeadline';
import { useRequestWords } from '../scope/requestWords';
import { useEntitlement } from '../entitlement/useEntitlement';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2, 2.5, 0) },
  top: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1),
  },
  title: {
    flex: 1,
    fontSize: theme.typography.pxToRem(18),
    fontWeight: 700,
    overflowWrap: 'anywhere',
  },
  see: { whiteSpace: 'nowrap' },
  section: { marginBottom: theme.spacing(2) },
}));

/** The essentials of one request, to decide without leaving the list. */
export function RequestPreviewPane(props: {
  id: string;
  me?: Me;
  onChange: () => void;
  onDecided: (
    request: RequestDetail,
    decision: NewDecision['decision'],
  ) => void;
}) {
  const { id, me, onChange, onDecided } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const words = useRequestWords();
  const requestLink = useRouteRef(requestRouteRef);
  const {
    value: request,
    error,
    reload,
    set,
  } = useLoad(`request ${id}`, () => api.getRequest(id));
  const entitlement = useEntitlement(
    request?.entitlementId ?? request?.amendsEntitlementId,
  );
  if (!request) {
    return (
      <div className={classes.root}>
        {error ? (
          <ErrorState
            error={error}
            what={t('requests.oneWhat')}
            permission="data-mesh.request.read"
            onRetry={() => void reload()}
          />
        ) : (
          <CardSkeleton lines={8} />
        )}
      </div>
    );
  }
  const deciding = request.actions.includes('approve');
  return (
    <div className={classes.root}>
      <div className={classes.top}>
        <Typography variant="h2" className={classes.title}>
          <RequestTitle request={request} />
        </Typography>
        <Link to={requestLink({ id })} className={classes.see}>
          {t('requests.list.openDetail')}
        </Link>
      </div>
      <RequestHeadline
        request={request}
        ownershipRefs={me?.ownershipRefs ?? []}
      />
      <LastWords request={request} purposes={me?.purposes} />
      <DifferencesNotice request={request} />
      <RequestFacts
        request={request}
        purposes={me?.purposes}
        entitlement={entitlement.value}
      />
      {request.reach &&
        (request.reach.unknown || scopeForm(request.scope) !== 'tables') && (
          <section className={classes.section}>
            <SubTitle component="h3">{t('reach.title')}</SubTitle>
            <ReachSummary reach={request.reach} />
          </section>
        )}
      {(request.plan ||
        request.planError ||
        request.entitlementId ||
        request.kind === 'renew') && (
        <section className={classes.section}>
          <SubTitle component="h3">
            {t(
              `requests.plan.${planTitleOf(request, entitlement.value?.state)}`,
            )}
          </SubTitle>
          {request.entitlementId && (
            <EntitlementProgress request={request} entitlement={entitlement} />
          )}
          {!request.entitlementId && request.kind === 'renew' && (
            <Typography variant="body2">
              {t('requests.plan.renewal')}
            </Typography>
          )}
          {!request.entitlementId &&
            request.kind !== 'renew' &&
            (request.plan ? (
              <PlanView
                plan={request.plan}
                accountAliases={accountAliasesOf([request.principal])}
              />
            ) : (
              <Typography variant="body2" color="textSecondary">
                {words.noPlan(request)}
              </Typography>
            ))}
        </section>
      )}
      {deciding && (
        <section className={classes.section}>
          <SubTitle component="h3">{t('requests.before.title')}</SubTitle>
          <BeforeYouDecide request={request} />
        </section>
      )}
      <DecisionBar
        key={id}
        request={request}
        onChange={changed => {
          set(changed);
          onChange();
        }}
        onDecided={decision => onDecided(request, decision)}
      />
    </div>
  );
}
