import { FormEvent, useState } from 'react';
import {
  productInWords,
  scopeInWords,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../../api';
import {
  messageOf,
  PlainDialog,
  toneColors,
  ReasonField,
} from '../../components';
import { useT } from '../../useT';

const TITLE_ID = 'data-mesh-give-up-dialog';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(0, 0, 2), padding: 0 },
  item: {
    padding: theme.spacing(0.75, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  about: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  good: { color: toneColors(theme, 'good').color },
  bad: { color: toneColors(theme, 'bad').color },
}));

/** Gives several accesses up, and says for each what came of it. */
export function GiveUpDialog(props: {
  accesses: readonly Entitlement[];
  /** Told how many are being ended. */
  onClose: (ended: number) => void;
}) {
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  // The list behind is refreshed meanwhile; what is given up here stays.
  const [accesses] = useState(props.accesses);
  const [reason, setReason] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, Error | 'ended'>>(
    new Map(),
  );
  const [phase, setPhase] = useState<'ask' | 'work' | 'done'>('ask');
  const ended = [...results.values()].filter(one => one === 'ended').length;
  const close = () => {
    if (phase !== 'work') props.onClose(ended);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPhase('work');
    for (const { id, version } of accesses) {
      const result = await api
        .relinquishEntitlement(id, version, reason.trim() || undefined)
        .then(() => 'ended' as const)
        .catch((cause: Error) => cause);
      setResults(before => new Map(before).set(id, result));
    }
    setPhase('done');
  };
  return (
    <PlainDialog open onClose={close} titleId={TITLE_ID}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t('access.many.giveUpTitle', { count: accesses.length })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">
            {t('access.many.giveUpWords')}
          </DialogContentText>
          <ul className={classes.list}>
            {accesses.map(access => {
              const result = results.get(access.id);
              return (
                <li key={access.id} className={classes.item}>
                  {productInWords(access)} · {access.port}
                  <div className={classes.about}>
                    {access.principal.name} · {scopeInWords(access.scope)}
                  </div>
                  {result === 'ended' && (
                    <div className={classes.good}>{t('access.many.ended')}</div>
                  )}
                  {result instanceof Error && (
                    <div className={classes.bad}>
                      {t('access.many.notEnded', {
                        message: messageOf(result),
                      })}
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
          {phase === 'ask' && (
            <ReasonField
              id="data-mesh-give-up-reason"
              fullWidth
              rows={2}
              variant="outlined"
              label={t('access.end.whyRelinquish')}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </DialogContent>
        <DialogActions>
          {phase !== 'done' && (
            <Button onClick={close} disabled={phase === 'work'}>
              {t('common.cancel')}
            </Button>
          )}
          {phase === 'done' ? (
            <Button color="primary" variant="contained" onClick={close}>
              {t('common.close')}
            </Button>
          ) : (
            <Button
              type="submit"
              color="primary"
              variant="contained"
              disabled={phase === 'work'}
            >
              {t('access.many.giveUp', { count: accesses.length })}
            </Button>
          )}
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
