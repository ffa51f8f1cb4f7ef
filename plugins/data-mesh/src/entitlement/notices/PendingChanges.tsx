import type {
  EntitlementDetail,
  EntitlementRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useDataMesh, useLoad } from '../../api';
import { RelativeTime } from '../../components';
import { People } from '../../principal/People';
import { whoseTurn } from '../../state/waiting';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';

const REFUSED: ReadonlyArray<EntitlementRequest['state']> = [
  'rejected',
  'lapsed',
];

/**
 * The renewals and amendments that say something of the future: those that are
 * open, and the last one where it was refused.
 */
export function tellingRequests(
  requests: readonly EntitlementRequest[] = [],
): EntitlementRequest[] {
  const sorted = [...requests].sort((a, b) =>
    b.createdAt.localeCompare(a.createdAt),
  );
  return sorted.filter(
    ({ state }, index) =>
      openRequestStates.includes(state) ||
      (index === 0 && REFUSED.includes(state)),
  );
}

function PendingChange(props: { request: EntitlementRequest }) {
  const { request } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const requestLink = useRouteRef(requestRouteRef);
  const isOpen = openRequestStates.includes(request.state);
  // Whom it waits for stands in the request itself.
  const loaded = useLoad(isOpen ? `request ${request.id}` : undefined, () =>
    api.getRequest(request.id),
  );
  const kind =
    request.kind === 'renew' || request.kind === 'resume'
      ? request.kind
      : 'amend';
  const turn = loaded.value && whoseTurn(loaded.value, []);
  const waitsFor = turn?.of === 'approvers' ? turn.refs : [];
  let words: string = t(`access.pending.${kind}.waits`);
  if (request.state === 'changes-requested') {
    words = t(`access.pending.${kind}.changes`);
  } else if (request.state === 'rejected' || request.state === 'lapsed') {
    words = t(`access.pending.${kind}.${request.state}`);
  }
  return (
    <div
      className={`${isOpen ? classes.waiting : classes.neutral} ${
        classes.inherit
      }`}
      role="status"
    >
      {words}
      {waitsFor.length > 0 && (
        <>
          {' '}
          {t('access.pending.for')} <People refs={waitsFor} />
        </>
      )}
      {', '}
      <RelativeTime
        value={request.decidedAt ?? request.createdAt}
        prefix={request.decidedAt ? undefined : t('access.pending.asked')}
      />
      {' · '}
      <Link to={requestLink({ id: request.id })}>
        {t('access.actions.request')}
      </Link>
    </div>
  );
}

/** Renewals and amendments that wait for somebody, or that were refused. */
export function PendingChanges(props: {
  entitlement: Pick<EntitlementDetail, 'requests'>;
}) {
  return (
    <>
      {tellingRequests(props.entitlement.requests).map(request => (
        <PendingChange key={request.id} request={request} />
      ))}
    </>
  );
}
