import { LinkButton } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import InboxIcon from '@material-ui/icons/Inbox';
import ReplyIcon from '@material-ui/icons/Reply';
import ScheduleIcon from '@material-ui/icons/Schedule';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { CardSkeleton, type Tone } from '../components';
import { useT } from '../useT';
import type { Turn } from './turnsOf';
import { useTurnWords } from './useTurnWords';
import { useYourTurn } from './useYourTurn';

/** Cards beside which the rest is only counted. */
const AT_MOST = 4;

const LOOKS: Record<Turn['kind'], { tone: Tone; Icon: typeof ErrorIcon }> = {
  decide: { tone: 'waiting', Icon: InboxIcon },
  broken: { tone: 'bad', Icon: ErrorIcon },
  drift: { tone: 'bad', Icon: WarningIcon },
  ending: { tone: 'attention', Icon: ScheduleIcon },
  asked: { tone: 'attention', Icon: ReplyIcon },
};

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))',
    gap: theme.spacing(1.5),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  card: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    gridTemplateRows: '1fr auto',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5),
    minHeight: 112,
    boxSizing: 'border-box',
    border: `1px solid ${theme.palette.divider}`,
    borderTopWidth: 3,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.paper,
    fontSize: theme.typography.body2.fontSize,
    '& a[role="button"]': {
      gridColumn: '1 / -1',
      justifySelf: 'start',
      textTransform: 'none',
    },
  },
  waiting: {
    borderTopColor: theme.palette.info.main,
    '& > svg': { color: theme.palette.info.main },
  },
  bad: {
    borderTopColor: theme.palette.error.main,
    '& > svg': { color: theme.palette.error.main },
  },
  attention: {
    borderTopColor: theme.palette.warning.main,
    '& > svg': { color: theme.palette.warning.main },
  },
  neutral: {},
  good: {},
  title: { fontWeight: 600 },
  words: {
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/**
 * What waits for the caller, a card a kind, for a home page.
 */
export function YourTurn() {
  const t = useT();
  const classes = useStyles();
  const turns = useYourTurn();
  const wordsOf = useTurnWords();
  if (!turns) return <CardSkeleton lines={3} />;
  if (turns.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('turn.nothing')}
      </Typography>
    );
  }
  const more = turns.length - AT_MOST;
  return (
    <section aria-label={t('turn.title')}>
      <ul className={classes.list}>
        {turns.slice(0, AT_MOST).map(turn => {
          const { title, words, action, to } = wordsOf(turn);
          const { tone, Icon } = LOOKS[turn.kind];
          return (
            <li key={turn.kind} className={`${classes.card} ${classes[tone]}`}>
              <Icon aria-hidden />
              <div>
                <div className={classes.title}>{title}</div>
                <div className={classes.words}>{words}</div>
              </div>
              <LinkButton
                size="small"
                variant="outlined"
                to={to}
                aria-label={`${action}: ${title}`}
              >
                {action}
              </LinkButton>
            </li>
          );
        })}
      </ul>
      {more > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('turn.more', { count: more })}
        </Typography>
      )}
    </section>
  );
}
