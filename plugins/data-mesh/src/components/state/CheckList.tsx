import type {
  Check,
  CheckState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { RefWords } from '../text/RefWords';
import { Tone, toneColors } from './tones';

/** The tone of a check by how it ended. */
export const CHECK_TONES: Record<CheckState, Tone> = {
  ok: 'good',
  failed: 'bad',
  warning: 'attention',
  unknown: 'neutral',
};

/** The icon of a check by how it ended. */
export const CHECK_ICONS = {
  ok: CheckIcon,
  failed: ErrorIcon,
  warning: WarningIcon,
  unknown: HelpIcon,
} as const;

const useIconStyles = makeStyles<Theme, { tone: Tone }>(theme => ({
  icon: { color: ({ tone }) => toneColors(theme, tone).color },
}));

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
  },
  check: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.75),
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
}));

function StateIcon(props: { state: CheckState }) {
  const { state } = props;
  const t = useT();
  const classes = useIconStyles({ tone: CHECK_TONES[state] });
  const Icon = CHECK_ICONS[state];
  return (
    <Icon
      fontSize="small"
      className={classes.icon}
      titleAccess={t(`usage.readiness.states.${state}`)}
    />
  );
}

/** Checks line by line: how each ended, and what to do about it. */
export function CheckList(props: { checks: readonly Check[] }) {
  const t = useT();
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {props.checks.map(check => (
        <li key={check.id} className={classes.check}>
          <StateIcon state={check.state} />
          <div>
            {check.state === 'ok' ? (
              <>
                {check.title}
                <div className={classes.quiet}>
                  <RefWords text={check.words} />
                </div>
              </>
            ) : (
              // What was found comes first: the title says what should be.
              <>
                <RefWords text={check.words} />
                <div className={classes.quiet}>
                  {t('usage.readiness.expected', { what: check.title })}
                </div>
              </>
            )}
            {check.fix && check.state !== 'ok' && (
              <div>
                {t('usage.readiness.fix')} <RefWords text={check.fix} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
