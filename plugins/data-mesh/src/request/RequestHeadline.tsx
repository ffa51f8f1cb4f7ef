import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { RelativeTime, ToneChip } from '../components';
import { StateChip } from '../state/StateChip';
import { People } from '../principal/People';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import { useRequestWords } from '../scope/requestWords';
import { whoseTurn } from '../state/waiting';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.25),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** The chip of a request: its state, and where it waits, for whom. */
export function RequestChip(props: {
  request: AccessRequest;
  ownershipRefs: readonly string[];
  /** The state alone, where the place is narrow. */
  short?: boolean;
}) {
  const { request, ownershipRefs, short = false } = props;
  const t = useT();
  const words = useRequestWords();
  const turn = whoseTurn(request, ownershipRefs);
  // Once approved, what counts is what came of it.
  const state =
    request.state === 'approved' && request.entitlementState
      ? request.entitlementState
      : request.state;
  let label: string | undefined;
  if (short) {
    label = undefined;
  } else if (turn.of === 'approvers' && turn.yours) {
    label = t('requests.head.waitingForYou', { role: words.role(turn.role) });
  } else if (turn.of === 'requester' && turn.yours) {
    label = t('requests.head.waitingForYourChanges');
  }
  return <StateChip state={state} label={label} />;
}

/** That a request is about an access that is held; nothing for new ones. */
export function KindChip(props: { request: AccessRequest }) {
  const kind = useRequestWords().kind(props.request);
  return kind ? <ToneChip tone="neutral" label={kind} /> : null;
}

/** What state, whose turn, since when: the first line of a request. */
export function RequestHeadline(props: {
  request: AccessRequest;
  ownershipRefs: readonly string[];
}) {
  const { request, ownershipRefs } = props;
  const t = useT();
  const momentOf = useMoment();
  const classes = useStyles();
  const words = useRequestWords();
  const turn = whoseTurn(request, ownershipRefs);
  return (
    <div className={classes.line}>
      <RequestChip request={request} ownershipRefs={ownershipRefs} />
      <KindChip request={request} />
      {turn.of === 'approvers' && !turn.yours && <People refs={turn.refs} />}
      {turn.of === 'requester' && !turn.yours && (
        <EntityRefLink entityRef={turn.ref} hideIcon />
      )}
      {turn.of === 'nobody' ? (
        <RelativeTime
          value={request.decidedAt ?? request.updatedAt}
          // Nobody decided what was withdrawn or lapsed; the chip says it.
          prefix={
            ['withdrawn', 'lapsed'].includes(request.state)
              ? undefined
              : t('requests.head.decided')
          }
        />
      ) : (
        <Tooltip
          title={momentOf(request.updatedAt).toLocaleString(
            DateTime.DATETIME_FULL,
          )}
        >
          <time dateTime={request.updatedAt}>
            {t('requests.head.forTime', {
              time: words.age(request.updatedAt).label,
            })}
          </time>
        </Tooltip>
      )}
      {turn.of === 'approvers' && turn.total > 1 && (
        <span>
          {t('requests.head.stageOf', {
            stage: String(turn.stage),
            total: String(turn.total),
          })}
          {turn.next.length > 0 && (
            <>
              , {t('requests.head.thenLabel')} <People refs={turn.next} />
            </>
          )}
        </span>
      )}
      {turn.of !== 'nobody' && request.lapsesAt && (
        <RelativeTime
          value={request.lapsesAt}
          prefix={t('requests.head.lapses')}
        />
      )}
    </div>
  );
}

/** `Ana Ruiz asks for Customer 360 · profiles`. */
export function RequestTitle(props: { request: AccessRequest }) {
  const { request } = props;
  const { kind } = request;
  const t = useT();
  const words = useRequestWords();
  return (
    <>
      <EntityDisplayName entityRef={request.requesterRef} hideIcon />{' '}
      {kind === 'renew' || kind === 'amend' || kind === 'resume'
        ? t(`requests.head.asks${kind}`)
        : t('requests.head.asks')}{' '}
      {words.what(request)}
    </>
  );
}
