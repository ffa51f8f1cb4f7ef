import type {
  PlanStep,
  ProvisioningStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import Tooltip from '@material-ui/core/Tooltip';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import PauseIcon from '@material-ui/icons/Pause';
import RadioIcon from '@material-ui/icons/RadioButtonUnchecked';
import SkipIcon from '@material-ui/icons/Remove';
import SyncIcon from '@material-ui/icons/Sync';
import UndoIcon from '@material-ui/icons/Undo';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useSentence } from '../useSentence';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import { CodeWords } from '../components/text/CodeWords';
import { RelativeTime } from '../components/text/RelativeTime';
import { Tone, toneColors } from '../components/state/tones';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: 1.6,
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  mark: {
    color: theme.palette.text.secondary,
    '& svg': { fontSize: 18, verticalAlign: 'text-bottom' },
  },
  spinning: {
    animation: '$turn 1.4s linear infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
  '@keyframes turn': { to: { transform: 'rotate(-360deg)' } },
  // Where it is narrow the account goes under the words.
  body: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: theme.spacing(1),
  },
  words: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: theme.palette.text.secondary },
  account: {
    color: theme.palette.text.secondary,
    whiteSpace: 'nowrap',
  },
  note: { fontSize: theme.typography.caption.fontSize },
  waiting: { color: toneColors(theme, 'attention').color },
  failed: { color: toneColors(theme, 'bad').color },
  good: { color: toneColors(theme, 'good').color },
  running: { color: toneColors(theme, 'waiting').color },
}));

type StepState = ProvisioningStep['state'];

const marks: Record<StepState, { Icon: typeof CheckIcon; tone: Tone }> = {
  pending: { Icon: RadioIcon, tone: 'neutral' },
  running: { Icon: SyncIcon, tone: 'waiting' },
  waiting: { Icon: PauseIcon, tone: 'attention' },
  done: { Icon: CheckIcon, tone: 'good' },
  failed: { Icon: ErrorIcon, tone: 'bad' },
  undone: { Icon: UndoIcon, tone: 'neutral' },
  skipped: { Icon: SkipIcon, tone: 'neutral' },
};

const classOfTone = {
  neutral: 'quiet',
  waiting: 'running',
  attention: 'waiting',
  good: 'good',
  bad: 'failed',
} as const;

function StateMark(props: { state: StepState }) {
  const { state } = props;
  const t = useT();
  const classes = useStyles();
  const { Icon, tone } = marks[state];
  const words: Record<StepState, string> = {
    pending: t('plan.notStarted'),
    running: t('plan.running'),
    waiting: t('plan.waiting'),
    done: t('plan.doneWord'),
    failed: t('plan.failed'),
    undone: t('plan.undone'),
    skipped: t('plan.skipped'),
  };
  return (
    <Tooltip title={words[state]}>
      <span className={classes[classOfTone[tone]]}>
        <Icon
          role="img"
          aria-label={words[state]}
          aria-hidden={false}
          className={state === 'running' ? classes.spinning : undefined}
        />
      </span>
    </Tooltip>
  );
}

/** Why a step is not through yet, or how it ended. */
function LiveNote(props: { live: ProvisioningStep }) {
  const { state, lastError, nextAttemptAt, attempts, outcome, finishedAt } =
    props.live;
  const t = useT();
  const momentOf = useMoment();
  const classes = useStyles();
  if (state === 'waiting') {
    const next = nextAttemptAt && momentOf(nextAttemptAt);
    const when =
      next && next > DateTime.now()
        ? t('plan.retryIn', { when: next.toRelative() ?? '' })
        : t('plan.retrySoon');
    return (
      <div className={`${classes.note} ${classes.waiting}`}>
        {when}
        {lastError && ` · ${lastError.code}: ${lastError.message}`}
        {attempts > 0 && ` · ${t('plan.attempts', { count: attempts })}`}
      </div>
    );
  }
  if (state === 'failed' && lastError) {
    return (
      <div className={classes.note}>
        <div className={classes.failed}>
          {lastError.code}: {lastError.message}
          {attempts > 1 && ` · ${t('plan.attempts', { count: attempts })}`}
        </div>
        {lastError.advice && (
          <div>
            <CodeWords text={lastError.advice} />
          </div>
        )}
      </div>
    );
  }
  if (!outcome && !finishedAt) return null;
  return (
    <div className={`${classes.note} ${classes.quiet}`}>
      {outcome && <CodeWords text={outcome} />}
      {outcome && finishedAt && ' · '}
      {finishedAt && <RelativeTime value={finishedAt} />}
    </div>
  );
}

/** One effect in words; with `live`, how far it is. */
export function PlanStepRow(props: {
  step: PlanStep;
  position: number;
  live?: ProvisioningStep;
  accountAlias?: string;
}) {
  const { step, position, live, accountAlias } = props;
  const t = useT();
  const say = useSentence();
  const classes = useStyles();
  const already = !live && step.done;
  const number = already ? '–' : position;
  // Where a part is there already, what is left to be done says more.
  const left = live ? undefined : step.effects;
  const words =
    live?.direction === 'undo'
      ? step.undo?.words ?? t('plan.undoing', { words: say(step.words) })
      : left?.map(effect => say(effect.words)).join('; ') || step.words;
  const quiet = already || live?.state === 'pending';
  return (
    <li className={classes.row}>
      <span className={classes.mark}>
        {live ? <StateMark state={live.state} /> : number}
      </span>
      <span className={classes.body}>
        <span className={classes.words}>
          <span className={quiet ? classes.quiet : undefined}>
            <CodeWords text={words} />
            {already && ` (${t('plan.already')})`}
          </span>
          {live && <LiveNote live={live} />}
        </span>
        <Tooltip
          title={[step.accountId, step.region].filter(Boolean).join(' · ')}
        >
          <span className={classes.account}>
            {accountInWords({ accountId: step.accountId, accountAlias })}
          </span>
        </Tooltip>
      </span>
    </li>
  );
}
