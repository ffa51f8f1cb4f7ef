import { useState } from 'react';
import type {
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useDataMesh } from '../../api';
import {
  CommentDialog,
  ErrorState,
  RefWords,
  useDecisionBarStyles,
} from '../../components';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { ConflictNotice } from './ConflictNotice';
import { NarrowDialog } from './NarrowDialog';
import { useRequestWrites } from './useRequestWrites';

type Ask = 'reject' | 'request-changes' | 'withdraw' | 'narrow';

/** What the caller may do with a request; what it may not is absent. */
export function DecisionBar(props: {
  request: RequestDetail;
  onChange: (request: RequestDetail) => void;
  /** Told after a decision was saved, but not after a conflict. */
  onDecided?: (decision: NewDecision['decision']) => void;
}) {
  const { request, onChange, onDecided } = props;
  const t = useT();
  const classes = useDecisionBarStyles();
  const api = useDataMesh();
  const formLink = useRouteRef(requestFormRouteRef);
  const { busy, error, conflict, write, dismiss } = useRequestWrites(
    request,
    onChange,
  );
  const [asking, setAsking] = useState<Ask>();
  const [comment, setComment] = useState('');
  const can = new Set(request.actions);
  const deciding = can.has('approve');

  const open = (ask: Ask) => {
    dismiss();
    setAsking(ask);
  };
  const done = (saved: boolean, decision?: NewDecision['decision']) => {
    if (!saved) return;
    setAsking(undefined);
    setComment('');
    if (decision) onDecided?.(decision);
  };
  const decide = async (decision: NewDecision) =>
    done(
      await write(({ id, version }) =>
        api.decideRequest(id, version, decision),
      ),
      decision.decision,
    );
  const submit = async () => {
    const text = comment.trim();
    if (asking === 'withdraw') {
      done(
        await write(({ id, version }) =>
          api.withdrawRequest(id, version, text || undefined),
        ),
      );
    } else if (asking === 'reject' || asking === 'request-changes') {
      await decide({ decision: asking, comment: text });
    }
  };

  const nothing =
    !deciding &&
    !can.has('reject') &&
    !can.has('request-changes') &&
    !can.has('withdraw') &&
    !can.has('revise');
  if (nothing && !request.whyNotDecide && !conflict) return null;

  // After a conflict the action may be gone; what was typed can still be read.
  const gone =
    asking !== undefined && !can.has(asking === 'narrow' ? 'approve' : asking);
  const notices = (
    <>
      {conflict && <ConflictNotice changes={conflict} />}
      {error && (
        <ErrorState
          error={error}
          what={t('requests.oneWhat')}
          title={t('requests.decide.failed')}
        />
      )}
    </>
  );
  const { namespace, name } = parseEntityRef(request.productRef);
  const plainAsk = asking && asking !== 'narrow' ? asking : undefined;

  return (
    <section className={classes.root} aria-label={t('requests.decide.label')}>
      {!asking && notices}
      <div className={classes.buttons}>
        {request.whyNotDecide && (
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.why}
          >
            <RefWords text={request.whyNotDecide} />
          </Typography>
        )}
        {can.has('reject') && (
          <Button
            variant="outlined"
            className={classes.reject}
            disabled={busy}
            onClick={() => open('reject')}
          >
            {t('requests.decide.reject')}
          </Button>
        )}
        {can.has('request-changes') && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => open('request-changes')}
          >
            {t('requests.decide.requestChanges')}
          </Button>
        )}
        {deciding && request.kind !== 'resume' && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => open('narrow')}
          >
            {t('requests.decide.narrow')}
          </Button>
        )}
        {can.has('withdraw') && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => open('withdraw')}
          >
            {t('requests.decide.withdraw')}
          </Button>
        )}
        {deciding && (
          <Button
            variant="contained"
            color="primary"
            className={classes.primary}
            disabled={busy}
            onClick={() => void decide({ decision: 'approve' })}
          >
            {busy && !asking
              ? t('requests.decide.working')
              : t('requests.decide.approve')}
          </Button>
        )}
        {can.has('revise') && (
          <LinkButton
            variant="contained"
            color="primary"
            className={deciding ? undefined : classes.primary}
            to={`${formLink({ namespace, name })}?revise=${encodeURIComponent(
              request.id,
            )}`}
          >
            {t('requests.decide.revise')}
          </LinkButton>
        )}
      </div>
      {plainAsk && (
        <CommentDialog
          open
          title={t(`requests.decide.${plainAsk}Title`)}
          help={t(`requests.decide.${plainAsk}Help`)}
          submit={t(`requests.decide.${plainAsk}Do`)}
          required={plainAsk !== 'withdraw'}
          comment={comment}
          busy={busy || gone}
          onComment={setComment}
          onClose={() => setAsking(undefined)}
          onSubmit={() => void submit()}
        >
          {notices}
        </CommentDialog>
      )}
      {asking === 'narrow' && (
        <NarrowDialog
          request={request}
          open
          comment={comment}
          busy={busy || gone}
          onComment={setComment}
          onClose={() => setAsking(undefined)}
          onSubmit={decision => void decide(decision)}
        >
          {notices}
        </NarrowDialog>
      )}
    </section>
  );
}
