import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import EditIcon from '@material-ui/icons/EditOutlined';
import RadioIcon from '@material-ui/icons/RadioButtonUnchecked';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, RelativeTime, Tone, toneColors } from '../components';
import { People } from '../principal/People';
import { useSentence } from '../useSentence';
import { useT } from '../useT';
import { StageProgress, stageProgress } from './stageProgress';
import { useRequestWords } from '../scope/requestWords';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    marginBottom: theme.spacing(1),
  },
  hint: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  good: { color: toneColors(theme, 'good').color },
  bad: { color: toneColors(theme, 'bad').color },
  attention: { color: toneColors(theme, 'attention').color },
  waiting: { color: toneColors(theme, 'waiting').color },
  neutral: { color: theme.palette.text.secondary },
}));

function lookOf({ state, decision }: StageProgress): {
  Icon: typeof CheckIcon;
  tone: Tone;
} {
  if (state === 'now') return { Icon: ScheduleIcon, tone: 'waiting' };
  if (state !== 'decided') return { Icon: RadioIcon, tone: 'neutral' };
  switch (decision?.decision) {
    case 'approve':
      return { Icon: CheckIcon, tone: 'good' };
    case 'reject':
      return { Icon: BlockIcon, tone: 'bad' };
    default:
      return { Icon: EditIcon, tone: 'attention' };
  }
}

/** Who decides in which order, because of what, and who decided what. */
export function RequestStages(props: { request: RequestDetail }) {
  const { request } = props;
  const t = useT();
  const say = useSentence();
  const classes = useStyles();
  const words = useRequestWords();
  const stages = stageProgress(request, request.decisions);
  if (request.policy.autoApproved) {
    return (
      <div>
        {t('requests.stages.byRule')}
        {request.policy.autoApprovedBecause &&
          `: ${say(request.policy.autoApprovedBecause)}`}
      </div>
    );
  }
  const stateWords = (state: StageProgress['state']) => {
    switch (state) {
      case 'now':
        return t('requests.stages.now');
      case 'later':
        return t('requests.stages.later');
      default:
        return t('requests.stages.notReached');
    }
  };
  const decidedWords = {
    approve: t('requests.stages.approvedBy'),
    reject: t('requests.stages.rejectedBy'),
    'request-changes': t('requests.stages.changesBy'),
  };
  return (
    <ol className={classes.list}>
      {stages.map((progress, index) => {
        const { stage, state, decision } = progress;
        const { Icon, tone } = lookOf(progress);
        return (
          <li key={`${stage.name} ${index}`} className={classes.item}>
            <Icon aria-hidden fontSize="small" className={classes[tone]} />
            <div>
              <People refs={stage.approvers} /> ({words.role(stage.name)}){' '}
              {state === 'decided' && decision ? (
                <>
                  · {decidedWords[decision.decision]}{' '}
                  <EntityRefLink entityRef={decision.actorRef} hideIcon />{' '}
                  <RelativeTime value={decision.at} />
                </>
              ) : (
                <>· {stateWords(state)}</>
              )}
              <div className={classes.hint}>
                <CodeWords text={stage.because} />
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
