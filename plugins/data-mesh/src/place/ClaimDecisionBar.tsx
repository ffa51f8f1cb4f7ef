import { useCallback, useState } from 'react';
import type {
  ClaimDetail,
  NewClaimDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { placeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useDataMesh, useVersionedWrites } from '../api';
import {
  CommentDialog,
  ErrorState,
  messageOf,
  RefWords,
  useDecisionBarStyles,
} from '../components';
import { useT } from '../useT';
import { ClaimDialog } from './ClaimDialog';

type Ask = 'reject' | 'request-changes' | 'withdraw' | 'revise';

const askKeys = {
  reject: 'reject',
  'request-changes': 'ask',
  withdraw: 'withdraw',
} as const;

/** What the caller may do with a claim; what it may not is absent. */
export function ClaimDecisionBar(props: {
  claim: ClaimDetail;
  onChange: (claim: ClaimDetail) => void;
  onDecided?: () => void;
}) {
  const { claim, onChange, onDecided } = props;
  const t = useT();
  const classes = useDecisionBarStyles();
  const api = useDataMesh();
  const load = useCallback(({ id }: ClaimDetail) => api.getClaim(id), [api]);
  const { busy, error, conflict, write, dismiss } = useVersionedWrites({
    shown: claim,
    load,
    changes: (_seen, _now, refusal) => [messageOf(refusal)],
    onChange,
  });
  const [asking, setAsking] = useState<Ask>();
  const [comment, setComment] = useState('');
  const can = new Set(claim.actions);
  if (can.size === 0 && !claim.whyNotDecide && !conflict) return null;

  const decide = async (decision: NewClaimDecision) => {
    const saved = await write(({ id, version }) =>
      api.decideClaim(id, version, decision),
    );
    if (!saved) return;
    setAsking(undefined);
    setComment('');
    onDecided?.();
  };
  const submit = async () => {
    const text = comment.trim();
    if (asking === 'withdraw') {
      const saved = await write(({ id, version }) =>
        api.withdrawClaim(id, version, text || undefined),
      );
      if (saved) setAsking(undefined);
    } else if (asking === 'reject' || asking === 'request-changes') {
      await decide({ decision: asking, comment: text });
    }
  };
  const open = (ask: Ask) => {
    dismiss();
    setAsking(ask);
  };

  const { overlaps } = claim;
  // What is wider or the same cannot be left out: nothing would be left.
  const parts = overlaps.filter(
    ({ relation }) => relation === 'narrower' || relation === 'partial',
  );
  const tables = claim.contents?.tables.count;
  const acceptLabel =
    tables === undefined || claim.contents?.tables.atLeast
      ? t('places.decide.accept')
      : t('places.decide.acceptTables', { count: tables });
  const withoutLabel =
    parts.length === 1
      ? t('places.decide.acceptWithout', {
          part: placeInWords(parts[0].place).replace(/`/g, ''),
        })
      : t('places.decide.acceptWithoutMany', { count: parts.length });
  const notices = (
    <>
      {conflict && (
        <div className={classes.notice} role="alert">
          {t('places.decide.conflict')} {conflict.join(' ')}
        </div>
      )}
      {error && (
        <ErrorState
          error={error}
          what={t('places.claimWhat')}
          title={t('places.decide.failed')}
        />
      )}
    </>
  );
  const plainAsk = asking && asking !== 'revise' ? asking : undefined;

  return (
    <section className={classes.root} aria-label={t('places.decide.label')}>
      {!asking && notices}
      <div className={classes.buttons}>
        {claim.whyNotDecide && (
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.why}
          >
            <RefWords text={claim.whyNotDecide} />
          </Typography>
        )}
        {can.has('reject') && (
          <Button
            variant="outlined"
            className={classes.reject}
            disabled={busy}
            onClick={() => open('reject')}
          >
            {t('places.decide.reject')}
          </Button>
        )}
        {can.has('request-changes') && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => open('request-changes')}
          >
            {t('places.decide.ask')}
          </Button>
        )}
        {can.has('withdraw') && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() => open('withdraw')}
          >
            {t('places.decide.withdraw')}
          </Button>
        )}
        {can.has('accept') && parts.length > 0 && (
          <Button
            variant="outlined"
            disabled={busy}
            onClick={() =>
              void decide({
                decision: 'accept',
                without: parts.map(({ place }) => place),
              })
            }
          >
            {withoutLabel}
          </Button>
        )}
        {can.has('accept') && overlaps.length > 0 && (
          <Button
            variant="outlined"
            className={classes.primary}
            disabled={busy}
            onClick={() =>
              void decide({ decision: 'accept', narrowerWins: true })
            }
          >
            {t('places.decide.narrowerWins')}
          </Button>
        )}
        {can.has('accept') && overlaps.length === 0 && (
          <Button
            variant="contained"
            color="primary"
            className={classes.primary}
            disabled={busy}
            onClick={() => void decide({ decision: 'accept' })}
          >
            {acceptLabel}
          </Button>
        )}
        {can.has('revise') && (
          <Button
            variant="contained"
            color="primary"
            className={classes.primary}
            disabled={busy}
            onClick={() => open('revise')}
          >
            {t('places.decide.revise')}
          </Button>
        )}
      </div>
      {can.has('accept') && (
        <div className={classes.hint}>
          {overlaps.length > 0 && <>{t('places.decide.blocked')} </>}
          {parts.length > 0 && <>{t('places.decide.withoutWords')} </>}
          {t('places.decide.accessStays')}
        </div>
      )}
      {plainAsk && (
        <CommentDialog
          open
          title={t(`places.decide.${askKeys[plainAsk]}Title`)}
          help={t(`places.decide.${askKeys[plainAsk]}Help`)}
          submit={t(`places.decide.${askKeys[plainAsk]}`)}
          required={plainAsk !== 'withdraw'}
          comment={comment}
          busy={busy || !can.has(plainAsk)}
          onComment={setComment}
          onClose={() => setAsking(undefined)}
          onSubmit={() => void submit()}
        >
          {notices}
        </CommentDialog>
      )}
      {asking === 'revise' && (
        <ClaimDialog
          domainRef={claim.domainRef}
          claim={claim}
          onClose={() => setAsking(undefined)}
          onSaved={saved => {
            setAsking(undefined);
            onChange(saved);
          }}
        />
      )}
    </section>
  );
}
