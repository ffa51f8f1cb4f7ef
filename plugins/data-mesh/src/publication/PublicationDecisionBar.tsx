import { useCallback, useState } from 'react';
import type { PublicationDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useDataMesh, useVersionedWrites } from '../api';
import {
  ErrorState,
  messageOf,
  RefWords,
  useDecisionBarStyles,
  ReasonField,
} from '../components';
import { useT } from '../useT';

/** Accepts what is ticked and sends back the rest. */
export function PublicationDecisionBar(props: {
  publication: PublicationDetail;
  /** Ids of the differences that wait. */
  waiting: readonly string[];
  ticked: ReadonlySet<string>;
  /** False where all of it is accepted or sent back. */
  oneByOne: boolean;
  onTickAll: () => void;
  onChange: (publication: PublicationDetail) => void;
  onDecided: () => void;
}) {
  const { publication, waiting, ticked, oneByOne } = props;
  const { onTickAll, onChange, onDecided } = props;
  const t = useT();
  const classes = useDecisionBarStyles();
  const api = useDataMesh();
  const [comment, setComment] = useState('');
  const load = useCallback(
    ({ id }: PublicationDetail) => api.getPublication(id),
    [api],
  );
  const { busy, error, conflict, write } = useVersionedWrites({
    shown: publication,
    load,
    changes: (_seen, _now, refusal) => [messageOf(refusal)],
    onChange,
  });
  const mine = publication.actions.includes('decide');
  if (!mine && !publication.whyNotDecide && !conflict) return null;

  const accept = waiting.filter(id => ticked.has(id));
  const decide = async (accepted: readonly string[]) => {
    const sendBack = waiting.filter(id => !accepted.includes(id));
    const saved = await write(({ id, version }) =>
      api.decidePublication(id, version, {
        accept: [...accepted],
        sendBack,
        ...(comment.trim() && { comment: comment.trim() }),
      }),
    );
    if (!saved) return;
    setComment('');
    onDecided();
  };
  const sent = waiting.length - accept.length;
  const lacksWhy = sent > 0 && !comment.trim();

  return (
    <section
      className={classes.root}
      aria-label={t('publications.decide.label')}
    >
      {conflict && (
        <div className={classes.notice} role="alert">
          {t('publications.decide.conflict')} {conflict.join(' ')}
        </div>
      )}
      {error && (
        <ErrorState
          error={error}
          what={t('publications.oneWhat')}
          title={t('publications.decide.failed')}
        />
      )}
      {publication.whyNotDecide && (
        <Typography variant="body2" color="textSecondary">
          <RefWords text={publication.whyNotDecide} />
        </Typography>
      )}
      {mine && waiting.length > 0 && (
        <>
          {(sent > 0 || !oneByOne) && (
            <ReasonField
              id="data-mesh-publication-why"
              fullWidth
              size="small"
              margin="dense"
              variant="outlined"
              label={
                oneByOne
                  ? t('publications.card.why', { count: sent })
                  : t('publications.card.whyAll')
              }
              value={comment}
              onChange={event => setComment(event.target.value)}
            />
          )}
          <div className={classes.buttons}>
            <Button
              variant="outlined"
              className={classes.reject}
              disabled={busy || !comment.trim()}
              onClick={() => void decide([])}
            >
              {t('publications.decide.sendBack')}
            </Button>
            {accept.length < waiting.length && (
              <Button variant="outlined" disabled={busy} onClick={onTickAll}>
                {t('publications.decide.all')}
              </Button>
            )}
            <Button
              variant="contained"
              color="primary"
              className={classes.primary}
              disabled={busy || accept.length === 0 || lacksWhy}
              onClick={() => void decide(accept)}
            >
              {!oneByOne && t('publications.decide.publish')}
              {oneByOne && sent > 0
                ? t('publications.decide.both', {
                    accepted: String(accept.length),
                    sent: String(sent),
                  })
                : oneByOne &&
                  t('publications.decide.accept', { count: accept.length })}
            </Button>
          </div>
          <div className={classes.hint}>
            {oneByOne &&
              (lacksWhy && accept.length > 0
                ? t('publications.decide.needsWhy')
                : t('publications.decide.nothingTicked'))}
          </div>
        </>
      )}
    </section>
  );
}
