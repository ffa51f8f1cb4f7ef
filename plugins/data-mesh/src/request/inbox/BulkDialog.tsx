import { FormEvent, useState } from 'react';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import RadioIcon from '@material-ui/icons/RadioButtonUnchecked';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../../api';
import {
  messageOf,
  toneColors,
  PlainDialog,
  ReasonField,
} from '../../components';
import { useT } from '../../useT';
import { bulkDecide, BulkResult } from './bulkDecide';
import { useRequestWords } from '../../scope/requestWords';

const TITLE_ID = 'data-mesh-bulk-dialog';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(0, 0, 2), padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
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

/** Decides several requests, and says for each what came of it. */
export function BulkDialog(props: {
  decision: 'approve' | 'reject';
  requests: readonly AccessRequest[];
  onClose: (decided: string[]) => void;
}) {
  const { decision, onClose } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const words = useRequestWords();
  // The list behind is refreshed meanwhile; what is decided here stays.
  const [requests] = useState(props.requests);
  const [comment, setComment] = useState('');
  const [results, setResults] = useState(new Map<string, BulkResult>());
  const [phase, setPhase] = useState<'ask' | 'work' | 'done'>('ask');
  const lacking = decision === 'reject' && !comment.trim();
  const decided = requests.filter(({ id }) => {
    const result = results.get(id);
    return result && !result.error;
  });
  const close = () => {
    if (phase !== 'work') onClose(decided.map(({ id }) => id));
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (phase !== 'ask' || lacking) return;
    setPhase('work');
    await bulkDecide(
      requests,
      { decision, comment: comment.trim() || undefined },
      (id, version, body) => api.decideRequest(id, version, body),
      result => setResults(before => new Map(before).set(result.id, result)),
    );
    setPhase('done');
  };

  const count = requests.length;
  return (
    <PlainDialog open onClose={close} titleId={TITLE_ID}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t(`requests.bulk.${decision}Title`, { count })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">
            {t(`requests.bulk.${decision}Help`)}
          </DialogContentText>
          <ul className={classes.list}>
            {requests.map(request => {
              const result = results.get(request.id);
              return (
                <li key={request.id} className={classes.item}>
                  {!result && <RadioIcon aria-hidden fontSize="small" />}
                  {result && !result.error && (
                    <CheckIcon
                      fontSize="small"
                      className={classes.good}
                      aria-hidden
                    />
                  )}
                  {result?.error && (
                    <ErrorIcon
                      fontSize="small"
                      className={classes.bad}
                      aria-hidden
                    />
                  )}
                  <div>
                    {words.what(request)}
                    <div className={classes.about}>
                      <EntityDisplayName
                        entityRef={request.requesterRef}
                        hideIcon
                      />{' '}
                      → {request.principal.name} · {scopeInWords(request.scope)}{' '}
                      · {words.duration(request.durationDays)}
                    </div>
                    {result && !result.error && (
                      <div className={classes.good}>
                        {t('requests.bulk.itemDone')}
                      </div>
                    )}
                    {result?.error && (
                      <div className={classes.bad}>
                        {t('requests.bulk.itemFailed', {
                          message: messageOf(result.error),
                        })}
                      </div>
                    )}
                  </div>
                </li>
              );
            })}
          </ul>
          {phase === 'ask' && (
            <ReasonField
              id="data-mesh-bulk-comment"
              fullWidth
              rows={3}
              variant="outlined"
              label={
                decision === 'reject'
                  ? t('requests.decide.commentLabel')
                  : t('requests.decide.commentOptional')
              }
              value={comment}
              required={decision === 'reject'}
              onChange={event => setComment(event.target.value)}
            />
          )}
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary" role="status">
            {phase === 'ask' && lacking && t('requests.decide.commentNeeded')}
            {phase === 'work' &&
              t('requests.bulk.working', {
                done: String(results.size),
                total: String(count),
              })}
            {phase === 'done' &&
              t('requests.bulk.result', {
                done: String(decided.length),
                total: String(count),
              })}
          </Typography>
          {phase === 'done' ? (
            <Button color="primary" variant="contained" onClick={close}>
              {t('requests.bulk.done')}
            </Button>
          ) : (
            <>
              <Button onClick={close} disabled={phase === 'work'}>
                {t('common.cancel')}
              </Button>
              <Button
                type="submit"
                color="primary"
                variant="contained"
                disabled={phase === 'work' || lacking}
              >
                {t(`requests.bulk.${decision}Do`)}
              </Button>
            </>
          )}
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
