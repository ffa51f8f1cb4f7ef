import { useState } from 'react';
import type { AuditState } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import BrokenIcon from '@material-ui/icons/ErrorOutline';
import NeverIcon from '@material-ui/icons/HelpOutline';
import RunningIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import WholeIcon from '@material-ui/icons/VerifiedUser';
import { makeStyles } from '@material-ui/core/styles';
import { Loaded, useDataMesh } from '../api';
import {
  CodeWords,
  ErrorState,
  RelativeTime,
  Tone,
  toneColors,
} from '../components';
import { saveFile } from '../components/saveFile';
import { useLocale, useMoment } from '../useMoment';
import { useT } from '../useT';
import { ChainState, chainStateOf, isCheckpointLate } from './chainState';

const LOOKS: Record<
  ChainState['kind'],
  { tone: Tone; icon: typeof WholeIcon }
> = {
  whole: { tone: 'good', icon: WholeIcon },
  behind: { tone: 'attention', icon: WarningIcon },
  failed: { tone: 'attention', icon: WarningIcon },
  broken: { tone: 'bad', icon: BrokenIcon },
  never: { tone: 'neutral', icon: NeverIcon },
  running: { tone: 'waiting', icon: RunningIcon },
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
    padding: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(1.5),
    minHeight: 58,
    fontSize: theme.typography.body2.fontSize,
  },
  quiet: { color: theme.palette.text.secondary },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  bar: { marginTop: theme.spacing(0.5) },
  good: { color: toneColors(theme, 'good').color },
  attention: { color: toneColors(theme, 'attention').color },
  bad: { color: toneColors(theme, 'bad').color },
  waiting: { color: toneColors(theme, 'waiting').color },
  neutral: { color: theme.palette.text.secondary },
  error: { gridColumn: '1 / -1' },
}));

function useChainWords() {
  const t = useT();
  const number = new Intl.NumberFormat(useLocale());
  return (chain: ChainState): [string, string] => {
    switch (chain.kind) {
      case 'whole':
        return [t('audit.chain.whole'), t('audit.chain.wholeWords')];
      case 'behind':
        return [
          t('audit.chain.behind', {
            sequence: number.format(chain.checked),
          }),
          t('audit.chain.behindWords', { count: chain.added }),
        ];
      case 'broken':
        return [
          t('audit.chain.broken', {
            before: number.format(chain.before),
            after: number.format(chain.after),
          }),
          '',
        ];
      case 'running':
        return [
          t('audit.chain.running'),
          t('audit.chain.runningWords', {
            checked: number.format(chain.checked),
            total: number.format(chain.total),
          }),
        ];
      case 'failed':
        return [t('audit.chain.failed'), chain.error ?? ''];
      default:
        return [t('audit.chain.never'), t('audit.chain.neverWords')];
    }
  };
}

function Facts(props: { state: AuditState }) {
  const { check, lastCheckpoint, checkpoints, keptIn, events } = props.state;
  const t = useT();
  const momentOf = useMoment();
  const number = new Intl.NumberFormat(useLocale());
  const classes = useStyles();
  const result = check?.result;
  return (
    <div className={classes.quiet}>
      {check?.finishedAt && (
        <>
          {t('audit.chain.checked', {
            when: momentOf(check.finishedAt).toRelative() ?? '',
            checked: number.format(check.checked),
            events: number.format(events),
          })}
          {' · '}
        </>
      )}
      {lastCheckpoint ? (
        <>
          <RelativeTime
            value={lastCheckpoint.at}
            prefix={t('audit.chain.checkpoint')}
          />
          {', '}
          {keptIn.length > 0 ? (
            <CodeWords
              text={t('audit.chain.keptIn', {
                where: keptIn.map(one => `\`${one}\``).join(', '),
              })}
            />
          ) : (
            t('audit.chain.keptNowhere')
          )}
          {' · '}
          {t('audit.chain.checkpoints', { count: checkpoints })}
        </>
      ) : (
        t('audit.chain.noCheckpoint')
      )}
      {isCheckpointLate(props.state, new Date()) && (
        <div className={classes.attention}>{t('audit.chain.late')}</div>
      )}
      {result && !result.whole && (
        <div>
          {result.reason}
          {result.found && (
            <div>{t('audit.chain.found', { found: result.found })}</div>
          )}
          {result.expected && (
            <div>
              {t('audit.chain.expected', { expected: result.expected })}
            </div>
          )}
        </div>
      )}
      {result?.whole && (
        <details>
          <summary>{t('audit.chain.proves')}</summary>
          {result.words}
        </details>
      )}
    </div>
  );
}

/** Whether the trail is the one that was written, and what vouches for it. */
export function ChainCard(props: { state: Loaded<AuditState> }) {
  const { state } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const wordsOf = useChainWords();
  const [error, setError] = useState<Error>();
  if (!state.value)
    return <Paper variant="outlined" className={classes.root} />;
  const { value } = state;
  const chain = chainStateOf(value);
  const { tone, icon: Icon } = LOOKS[chain.kind];
  const [title, words] = wordsOf(chain);
  const verify = async () => {
    setError(undefined);
    try {
      const check = await api.startAuditCheck();
      state.set({ ...value, check });
    } catch (cause) {
      setError(cause as Error);
    }
    void state.reload();
  };
  const evidence = () =>
    saveFile(
      new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }),
      'audit-evidence.json',
    );
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-label={t('audit.chain.label')}
    >
      <Icon aria-hidden className={classes[tone]} />
      <div className={classes.words} role="status">
        <b>{title}</b> <span className={classes.quiet}>{words}</span>
        {chain.kind === 'running' && (
          <LinearProgress
            className={classes.bar}
            variant="determinate"
            aria-label={t('audit.chain.running')}
            value={chain.total === 0 ? 0 : (100 * chain.checked) / chain.total}
          />
        )}
        <Facts state={value} />
      </div>
      <div>
        {chain.kind === 'broken' && (
          <Button onClick={evidence}>{t('audit.chain.evidence')}</Button>
        )}
        <Button
          variant="outlined"
          disabled={chain.kind === 'running'}
          onClick={() => void verify()}
        >
          {t(
            chain.kind === 'never' ? 'audit.chain.verify' : 'audit.chain.again',
          )}
        </Button>
      </div>
      {error && (
        <div className={classes.error}>
          <ErrorState
            error={error}
            what={t('audit.what')}
            title={t('audit.chain.startFailed')}
            permission="data-mesh.audit.read"
          />
        </div>
      )}
    </Paper>
  );
}
