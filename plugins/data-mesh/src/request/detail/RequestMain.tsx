import {
  productInWords,
  scopeForm,
  type EntitlementDetail,
  type Me,
  type RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { Loaded } from '../../api';
import { useNoticeStyles } from '../../entitlement/notices/noticeStyles';
import { SuccessorWords } from '../../entitlement/notices/SuccessorWords';
import { ReachSummary } from '../../plan/ReachSummary';
import { useT } from '../../useT';
import { BeforeYouDecide } from '../decide/BeforeYouDecide';
import { DecisionBar } from '../decide/DecisionBar';
import { DifferencesNotice } from '../decide/DifferencesNotice';
import { LastWords } from '../LastWords';
import { RequestFacts } from '../RequestFacts';
import { RequestHeadline } from '../RequestHeadline';
import { RequestStages } from '../RequestStages';
import { PlanSection } from './PlanSection';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2, 2, 0) },
}));

/** What a request asks, who decides and what is done. */
export function RequestMain(props: {
  request: RequestDetail;
  entitlement: Loaded<EntitlementDetail>;
  me?: Me;
  onChange: (request: RequestDetail) => void;
}) {
  const { request, entitlement, me } = props;
  const t = useT();
  const classes = useStyles();
  const notices = useNoticeStyles();
  const purposes = me?.purposes;
  return (
    <Paper variant="outlined" className={classes.root}>
      <RequestHeadline
        request={request}
        ownershipRefs={me?.ownershipRefs ?? []}
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
        (request.reach.unknown || scopeForm(request.scope) !== 'tables') && (
          <Section title={t('reach.title')}>
            <ReachSummary reach={request.reach} />
          </Section>
        )}
      <PlanSection request={request} entitlement={entitlement} />
      {request.actions.includes('approve') && (
        <Section title={t('requests.before.title')}>
          <BeforeYouDecide request={request} />
        </Section>
      )}
      <DecisionBar request={request} onChange={props.onChange} />
    </Paper>
  );
}
