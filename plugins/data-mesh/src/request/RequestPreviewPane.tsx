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
import { EntitlementProgress } from '../entitlement/EntitlementProgress';
import { useEntitlement } from '../entitlement/useEntitlement';
import { ReachSummary } from '../plan/ReachSummary';
import { requestRouteRef } from '../routes';
import { useT } from '../useT';
import { BeforeYouDecide } from './decide/BeforeYouDecide';
import { DecisionBar } from './decide/DecisionBar';
import { DifferencesNotice } from './decide/DifferencesNotice';
import { DecisionTitle } from './DecisionTitle';
import { FoldedPlan } from './FoldedPlan';
import { LastWords } from './LastWords';
import { planTitleOf } from './planTitle';
import { deltaOf, RequestDelta } from './RequestDelta';
import { RequestHeadline } from './RequestHeadline';
import { RequestWho } from './RequestWho';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100%',
    padding: theme.spacing(2, 2.5, 0),
    '& > :last-child': { marginTop: 'auto' },
  },
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
  section: { marginTop: theme.spacing(2) },
  last: { height: theme.spacing(2) },
}));

/** One request on a card: all that a decision takes, in the order it takes it. */
export function RequestPreviewPane(props: {
  id: string;
  me?: Me;
  /** A decision about it that could not be saved. */
  failed?: { decision: NewDecision };
  onChange: () => void;
  /** Takes decisions over, to save them while the next request is shown. */
  onDecide?: (request: RequestDetail, decision: NewDecision) => void;
}) {
  const { id, me, failed, onChange, onDecide } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
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
  const held = request.entitlementId ? undefined : entitlement.value;
  const lines = deltaOf(request, held);
  const deciding = request.actions.includes('approve');
  return (
    <div className={classes.root}>
      <div className={classes.top}>
        <Typography variant="h2" className={classes.title}>
          <DecisionTitle request={request} lines={lines} />
        </Typography>
        <Link to={requestLink({ id })} className={classes.see}>
          {t('requests.list.openDetail')}
        </Link>
      </div>
      <RequestHeadline
        request={request}
        ownershipRefs={me?.ownershipRefs ?? []}
      />
      <RequestWho request={request} purposes={me?.purposes} />
      <LastWords request={request} purposes={me?.purposes} />
      <DifferencesNotice request={request} />
      <div className={classes.section}>
        <RequestDelta request={request} held={held} lines={lines} />
      </div>
      {request.reach &&
        (request.reach.unknown || scopeForm(request.scope) !== 'tables') && (
          <section className={classes.section}>
            <SubTitle component="h3">{t('reach.title')}</SubTitle>
            <ReachSummary reach={request.reach} />
          </section>
        )}
      {deciding && (
        <section className={classes.section}>
          <SubTitle component="h3">{t('requests.before.title')}</SubTitle>
          <BeforeYouDecide request={request} />
        </section>
      )}
      {request.entitlementId ? (
        <section className={classes.section}>
          <SubTitle component="h3">
            {t(
              `requests.plan.${planTitleOf(request, entitlement.value?.state)}`,
            )}
          </SubTitle>
          <EntitlementProgress request={request} entitlement={entitlement} />
        </section>
      ) : (
        (request.plan || request.planError || request.kind === 'renew') && (
          <section className={classes.section}>
            <FoldedPlan request={request} />
          </section>
        )
      )}
      <div className={classes.last} />
      <DecisionBar
        key={id}
        request={request}
        said={failed?.decision.comment}
        onDecide={onDecide}
        onChange={changed => {
          set(changed);
          onChange();
        }}
      />
    </div>
  );
}
