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
  KeyHint,
  KeysDialog,
  RefWords,
  useDecisionBarStyles,
  useKeys,
} from '../../components';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { ConflictNotice } from './ConflictNotice';
import { leavingOut } from './leavingOut';
import { NarrowDialog } from './NarrowDialog';
import { useLeavingOutWords } from './useLeavingOutWords';
import { useRequestWrites } from './useRequestWrites';

type Ask = 'reject' | 'request-changes' | 'withdraw' | 'narrow';

/**
 * What the caller may do with a request; what it may not is absent. Letters do
 * what the buttons do.
 */
export function DecisionBar(props: {
  request: RequestDetail;
  onChange: (request: RequestDetail) => void;
  /**
   * Takes a decision over, to save it while the next request is shown. Without
   * it the bar saves, and waits.
   */
  onDecide?: (request: RequestDetail, decision: NewDecision) => void;
  /** The words of a decision that could not be saved. */
  said?: string;
}) {
  const { request, onChange, onDecide, said = '' } = props;
  const t = useT();
  const classes = useDecisionBarStyles();
  const api = useDataMesh();
  const formLink = useRouteRef(requestFormRouteRef);
  const { busy, error, conflict, write, dismiss } = useRequestWrites(
    request,
    onChange,
  );
  const wordsOf = useLeavingOutWords();
  const [asking, setAsking] = useState<Ask>();
  const [comment, setComment] = useState(said);
  const [keysShown, setKeysShown] = useState(false);
  const can = new Set(request.actions);
  const deciding = can.has('approve');
  const canNarrow = deciding && request.kind !== 'resume';
  const less = deciding ? leavingOut(request) : undefined;
  const { namespace, name } = parseEntityRef(request.productRef);
  const reviseLink = `${formLink({
    namespace,
    name,
  })}?revise=${encodeURIComponent(request.id)}`;

  const open = (ask: Ask) => {
    dismiss();
    setAsking(ask);
  };
  const done = (saved: boolean) => {
    if (!saved) return;
    setAsking(undefined);
    setComment('');
  };
  const decide = async (decision: NewDecision) => {
    if (onDecide) {
      onDecide(request, decision);
      return;
    }
    done(
      await write(({ id, version }) =>
        api.decideRequest(id, version, decision),
      ),
    );
  };
  const approve = () => void decide({ decision: 'approve' });
  const approveLess = () => {
    if (!less) return;
    void decide({
      decision: 'approve',
      narrowedScope: less.scope,
      comment: wordsOf(less).comment,
    });
  };
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
  useKeys(
    busy
      ? {}
      : {
          a: deciding && approve,
          e: less && approveLess,
          c: can.has('request-changes') && (() => open('request-changes')),
          r: can.has('reject') && (() => open('reject')),
          n: canNarrow && (() => open('narrow')),
          '?': deciding && (() => setKeysShown(true)),
        },
  );

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
        {deciding && (
          <Button
            variant="contained"
            color="primary"
            disabled={busy}
            aria-keyshortcuts="a"
            onClick={approve}
          >
            {busy && !asking
              ? t('requests.decide.working')
              : t('requests.decide.approve')}
            <KeyHint of="A" />
          </Button>
        )}
        {less && (
          <Button
            variant="outlined"
            disabled={busy}
            aria-keyshortcuts="e"
            onClick={approveLess}
          >
            {wordsOf(less).button}
            <KeyHint of="E" />
          </Button>
        )}
        {can.has('revise') && (
          <LinkButton variant="contained" color="primary" to={reviseLink}>
            {t('requests.decide.revise')}
          </LinkButton>
        )}
        <span className={classes.others}>
          {canNarrow && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              aria-keyshortcuts="n"
              onClick={() => open('narrow')}
            >
              {t('requests.decide.narrow')}
              <KeyHint of="N" />
            </Button>
          )}
          {can.has('request-changes') && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              aria-keyshortcuts="c"
              onClick={() => open('request-changes')}
            >
              {t('requests.decide.requestChanges')}
              <KeyHint of="C" />
            </Button>
          )}
          {can.has('reject') && (
            <Button
              size="small"
              variant="outlined"
              className={classes.reject}
              disabled={busy}
              aria-keyshortcuts="r"
              onClick={() => open('reject')}
            >
              {t('requests.decide.reject')}
              <KeyHint of="R" />
            </Button>
          )}
          {can.has('withdraw') && (
            <Button
              size="small"
              variant="outlined"
              disabled={busy}
              onClick={() => open('withdraw')}
            >
              {t('requests.decide.withdraw')}
            </Button>
          )}
        </span>
      </div>
      {less && <div className={classes.hint}>{wordsOf(less).buys}</div>}
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
      {keysShown && (
        <KeysDialog
          keys={[
            ['A', t('requests.decide.approve')],
            ['E', t('requests.keys.without')],
            ['N', t('requests.keys.narrow')],
            ['C', t('requests.keys.ask')],
            ['R', t('requests.keys.reject')],
            ['Z', t('requests.keys.undo')],
            ['J, K', t('requests.keys.move')],
            ['X', t('requests.keys.select')],
            ['/', t('requests.keys.filter')],
          ]}
          onClose={() => setKeysShown(false)}
        />
      )}
    </section>
  );
}
