import type {
  CheckState,
  Entitlement,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import {
  CardSkeleton,
  CodeWords,
  ErrorState,
  RelativeTime,
  Tone,
  ToneChip,
  toneColors,
} from '../components';
import { useT } from '../useT';

const TONES: Record<CheckState, Tone> = {
  ok: 'good',
  failed: 'bad',
  warning: 'attention',
  unknown: 'neutral',
};

const ICONS = {
  ok: CheckIcon,
  failed: ErrorIcon,
  warning: WarningIcon,
  unknown: HelpIcon,
} as const;

const READY: Record<Readiness['ready'], CheckState> = {
  yes: 'ok',
  no: 'failed',
  unknown: 'unknown',
};

const useIconStyles = makeStyles<Theme, { tone: Tone }>(theme => ({
  icon: { color: ({ tone }) => toneColors(theme, tone).color },
}));

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
  },
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
  const classes = useIconStyles({ tone: TONES[state] });
  const Icon = ICONS[state];
  return (
    <Icon
      fontSize="small"
      className={classes.icon}
      titleAccess={t(`usage.readiness.states.${state}`)}
    />
  );
}

/** Whether the principal can really query, line by line with the fix. */
export function ReadinessList(props: { entitlement: Entitlement }) {
  const { id } = props.entitlement;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const loaded = useLoad(`readiness ${id}`, () => api.getReadiness(id), {
    live: false,
  });
  const { value } = loaded;
  const state = value && READY[value.ready];
  const Icon = state && ICONS[state];
  return (
    <section aria-label={t('usage.readiness.title')}>
      <Typography variant="subtitle2" component="h3">
        {t('usage.readiness.title')}
      </Typography>
      {loaded.loading && <CardSkeleton lines={4} />}
      {loaded.error && !value && (
        <ErrorState
          error={loaded.error}
          what={t('usage.readiness.what')}
          onRetry={() => void loaded.reload()}
        />
      )}
      {value && state && Icon && (
        <>
          <div className={classes.head}>
            <ToneChip
              tone={TONES[state]}
              icon={<Icon aria-hidden />}
              label={t(`usage.readiness.${value.ready}`)}
            />
            <RelativeTime
              value={value.checkedAt}
              prefix={t('usage.readiness.checked')}
            />
            <Button
              size="small"
              disabled={loaded.reloading}
              onClick={() => void loaded.reload()}
            >
              {t('usage.readiness.again')}
            </Button>
          </div>
          <ul className={classes.list}>
            {value.checks.map(check => (
              <li key={check.id} className={classes.check}>
                <StateIcon state={check.state} />
                <div>
                  {check.title}
                  <div className={classes.quiet}>
                    <CodeWords text={check.words} />
                  </div>
                  {check.fix && check.state !== 'ok' && (
                    <div>
                      {t('usage.readiness.fix')} <CodeWords text={check.fix} />
                    </div>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
