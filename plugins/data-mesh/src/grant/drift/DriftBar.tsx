import { useRef, useState } from 'react';
import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  CodeWords,
  Folded,
  KeyHint,
  ReasonField,
  SkeletonBar,
  useDangerButtonStyles,
  useDecisionBarStyles,
  useKeys,
} from '../../components';
import { PlanCalls } from '../../plan/PlanCalls';
import { useT } from '../../useT';
import { useDriftWords } from './useDriftWords';

const KEYS = { revoke: 'r', adopt: 'd', reapply: 'a' } as const;

/** In this order; the first that is possible is the one filled button. */
const ACTIONS: readonly DriftAction[] = ['reapply', 'revoke', 'adopt'];

const useStyles = makeStyles(theme => ({
  calls: { margin: theme.spacing(1.5, 0), minHeight: 30 },
  effects: {
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(0, 0, 0, 1),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
}));

/** What will be sent to AWS, folded; by a dry run of what the button does. */
function Effects(props: { item: DriftItem; action: DriftAction }) {
  const { item, action } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const preview = useLoad(
    `dry run ${action} ${item.id}`,
    () => api.resolveDrift({ ids: [item.id], action, dryRun: true }),
    { live: false },
  );
  const outcome = preview.value?.items[0];
  const refusal = preview.error?.message ?? outcome?.error;
  const effects = outcome?.effects ?? [];
  const calls = effects.flatMap(({ call }) => call ?? []);
  return (
    <div className={classes.calls}>
      {preview.loading && <SkeletonBar width="50%" />}
      {refusal && (
        <Typography variant="body2" color="error">
          {t('grants.drift.notKnown', { reason: refusal })}
        </Typography>
      )}
      {outcome?.ok && effects.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('grants.resolve.noEffect')}
        </Typography>
      )}
      {outcome?.ok && effects.length > 0 && (
        <Folded words={t('grants.drift.effects', { count: effects.length })}>
          <ul className={classes.effects}>
            {effects.map(({ words }, index) => (
              <li key={index}>
                <CodeWords text={words} />
              </li>
            ))}
          </ul>
          <PlanCalls calls={calls} />
        </Folded>
      )}
    </div>
  );
}

/** What the caller may do about one difference, with the reason it takes. */
export function DriftBar(props: {
  item: DriftItem;
  onError: (error: Error | undefined) => void;
  onDone: (action: DriftAction) => void;
}) {
  const { item, onError, onDone } = props;
  const t = useT();
  const { danger } = useDangerButtonStyles();
  const bar = useDecisionBarStyles();
  const api = useDataMesh();
  const words = useDriftWords();
  const field = useRef<HTMLDivElement>(null);
  const [reason, setReason] = useState('');
  const [lacking, setLacking] = useState(false);
  const [busy, setBusy] = useState(false);
  const actions = ACTIONS.filter(one => item.actions.includes(one));
  const [main] = actions;
  const asksReason = actions.some(one => one !== 'reapply');

  const run = async (action: DriftAction) => {
    const text = reason.trim();
    if (action !== 'reapply' && !text) {
      setLacking(true);
      field.current?.querySelector('textarea')?.focus();
      return;
    }
    setBusy(true);
    onError(undefined);
    try {
      const { items } = await api.resolveDrift({
        ids: [item.id],
        action,
        ...(text && { reason: text }),
      });
      const failed = items.find(({ ok }) => !ok);
      if (failed) onError(new Error(failed.error));
      else onDone(action);
    } catch (error) {
      onError(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const keyOf = (action: DriftAction) =>
    !busy && actions.includes(action) && (() => void run(action));
  useKeys({
    [KEYS.revoke]: keyOf('revoke'),
    [KEYS.adopt]: keyOf('adopt'),
    [KEYS.reapply]: keyOf('reapply'),
  });
  if (!main) return null;
  return (
    <div>
      <Effects key={item.id} item={item} action={main} />
      {asksReason && (
        <div ref={field}>
          <ReasonField
            id="data-mesh-drift-reason"
            label={t('grants.resolve.reason')}
            value={reason}
            onChange={event => {
              setReason(event.target.value);
              setLacking(false);
            }}
            error={lacking && !reason.trim()}
            helperText={t(
              lacking && !reason.trim()
                ? 'grants.resolve.needsReason'
                : 'grants.drift.reasonHelp',
            )}
            variant="outlined"
            size="small"
            fullWidth
          />
        </div>
      )}
      <div className={bar.root} role="group" aria-label={t('grants.drift.do')}>
        <div className={bar.buttons}>
          {actions.map(action => (
            <Button
              key={action}
              variant={action === main ? 'contained' : 'outlined'}
              color={action === 'reapply' ? 'primary' : 'default'}
              className={
                action === 'revoke' && action === main && !busy
                  ? danger
                  : undefined
              }
              disabled={busy}
              aria-keyshortcuts={KEYS[action]}
              onClick={() => void run(action)}
            >
              {words.button(action, item)}
              <KeyHint of={KEYS[action].toUpperCase()} />
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}
