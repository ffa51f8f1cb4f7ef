import { FormEvent, useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftResolution,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { CardSkeleton, CodeWords, ErrorState, toneColors } from '../components';
import { PlainDialog } from '../requests/PlainDialog';
import { SubTitle } from '../requests/SubTitle';
import { useT } from '../useT';

const TITLE_ID = 'data-mesh-resolve-drift';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 2),
    padding: 0,
    maxHeight: 320,
    overflowY: 'auto',
    fontSize: theme.typography.body2.fontSize,
  },
  item: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.75),
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
  good: { color: toneColors(theme, 'good').color },
  bad: { color: toneColors(theme, 'bad').color },
}));

function Item(props: {
  item: DriftItem;
  outcome?: DriftResolution['items'][number];
  done: boolean;
}) {
  const { item, outcome, done } = props;
  const t = useT();
  const classes = useStyles();
  const failed = outcome && !outcome.ok;
  return (
    <li className={classes.item}>
      <span>
        {failed && (
          <ErrorIcon fontSize="small" className={classes.bad} aria-hidden />
        )}
        {done && outcome?.ok && (
          <CheckIcon fontSize="small" className={classes.good} aria-hidden />
        )}
      </span>
      <div>
        <CodeWords text={item.words} />
        {outcome?.ok &&
          !done &&
          (outcome.effects.length > 0 ? (
            outcome.effects.map(({ words }, index) => (
              <div key={index} className={classes.quiet}>
                <CodeWords text={words} />
              </div>
            ))
          ) : (
            <div className={classes.quiet}>{t('grants.resolve.noEffect')}</div>
          ))}
        {done && outcome?.ok && (
          <div className={classes.good}>{t('grants.resolve.done')}</div>
        )}
        {failed && <div className={classes.bad}>{outcome.error}</div>}
      </div>
    </li>
  );
}

/**
 * Re-applies, adopts or revokes some drift: shows first what would happen to
 * each, asks for a reason where one is needed, and then what did happen.
 */
export function ResolveDialog(props: {
  action: DriftAction;
  items: DriftItem[];
  onClose: (changed: boolean) => void;
}) {
  const { action, onClose } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  // The list behind is refreshed meanwhile; what is resolved here stays.
  const [items] = useState(props.items);
  const ids = items.map(item => item.id);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<DriftResolution>();
  const needsReason = action !== 'reapply';
  const lacking = needsReason && !reason.trim();
  const preview = useLoad(
    `dry run ${action} ${ids}`,
    () =>
      api.resolveDrift({
        ids,
        action,
        dryRun: true,
        // The backend asks for a reason before it looks.
        ...(needsReason && { reason: '-' }),
      }),
    { live: false },
  );
  const outcomes = new Map(
    (result ?? preview.value)?.items.map(one => [one.id, one]),
  );
  const close = () => {
    if (!busy) onClose(result !== undefined);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || lacking || result) return;
    setBusy(true);
    setError(undefined);
    try {
      setResult(
        await api.resolveDrift({
          ids,
          action,
          ...(reason.trim() && { reason: reason.trim() }),
        }),
      );
    } catch (cause) {
      setError(cause as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <PlainDialog open titleId={TITLE_ID} onClose={close}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t(`grants.resolve.title.${action}`, { count: items.length })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">
            {t(`grants.resolve.words.${action}`)}
          </DialogContentText>
          {(error ?? preview.error) && (
            <ErrorState
              error={(error ?? preview.error) as Error}
              what={t('grants.resolve.previewWhat')}
              title={error && t('grants.resolve.failed')}
              permission="data-mesh.drift.resolve"
              onRetry={error ? undefined : () => void preview.reload()}
            />
          )}
          <SubTitle component="h3">{t('grants.resolve.preview')}</SubTitle>
          {preview.loading && <CardSkeleton lines={2} />}
          <ul className={classes.list}>
            {items.map(item => (
              <Item
                key={item.id}
                item={item}
                outcome={outcomes.get(item.id)}
                done={result !== undefined}
              />
            ))}
          </ul>
          {!result && (
            <TextField
              id="data-mesh-resolve-reason"
              label={
                needsReason
                  ? t('grants.resolve.reason')
                  : t('grants.resolve.reasonOptional')
              }
              value={reason}
              required={needsReason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: 4000, 'data-autofocus': true }}
              variant="outlined"
              fullWidth
              multiline
              rows={3}
            />
          )}
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary" role="status">
            {!result && lacking && t('grants.resolve.needsReason')}
            {result &&
              t('grants.resolve.result', {
                done: String(result.items.filter(one => one.ok).length),
                total: String(result.items.length),
              })}
          </Typography>
          {result ? (
            <Button color="primary" variant="contained" onClick={close}>
              {t('grants.resolve.close')}
            </Button>
          ) : (
            <>
              <Button onClick={close} disabled={busy}>
                {t('common.cancel')}
              </Button>
              <Button
                type="submit"
                color="primary"
                variant="contained"
                disabled={busy || lacking}
              >
                {t(`grants.resolve.do.${action}`)}
              </Button>
            </>
          )}
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
