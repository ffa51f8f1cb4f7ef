import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { MeshEvents } from '../events';
import { DriftNotices } from './DriftNotices';
import { EntitlementNotices } from './EntitlementNotices';
import type { Notices } from './Notices';
import { PublicationNotices } from './PublicationNotices';
import { ReachNotices } from './ReachNotices';
import { RequestNotices } from './RequestNotices';
import type { SayDeps } from './say';
import type { SubmissionNotices } from './SubmissionNotices';

/** Has people, open pages and other plugins told of what happens in the mesh. */
export function listen(
  mesh: Pick<MeshEvents, 'on'>,
  telling: SayDeps &
    Pick<
      ConstructorParameters<typeof EntitlementNotices>[0],
      'requests' | 'entitlements'
    > & {
      signals: SignalsService;
      events: EventsService;
      logger: LoggerService;
      notices: Notices;
      submissions: SubmissionNotices;
      governanceRefs: readonly string[];
    },
): void {
  const { governanceRefs } = telling;
  const entitlements = new EntitlementNotices(telling);
  const requests = new RequestNotices(telling);
  const publications = new PublicationNotices(telling);
  const reach = new ReachNotices(telling);
  const drift = new DriftNotices(telling);
  mesh.on('entitlementTouched', ({ entitlementId }) =>
    entitlements.onChange(entitlementId),
  );
  mesh.on('entitlement', notice => entitlements.notify(notice));
  mesh.on('request', notice => requests.tell(notice));
  mesh.on('request', notice =>
    notice.record.kind === 'renew' && notice.happening === 'created'
      ? entitlements.renewalAsked(notice)
      : undefined,
  );
  mesh.on('publication', notice => publications.tell(notice));
  mesh.on('newlyReached', news => reach.tell(news));
  mesh.on('scanEnded', outcome => drift.scanEnded(outcome, governanceRefs));
  mesh.on('driftFound', news => drift.drift(news, governanceRefs));
  mesh.on('repairsHeld', held => drift.held(held, governanceRefs));
}
