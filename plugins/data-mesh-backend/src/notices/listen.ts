import { DriftNotices } from './DriftNotices';
import { EntitlementNotices } from './EntitlementNotices';
import { PublicationNotices } from './PublicationNotices';
import { ReachNotices } from './ReachNotices';
import { RequestNotices } from './RequestNotices';
import type { MeshEvents } from '../events';

/** Has people, open pages and other plugins told of what happens in the mesh. */
export function listen(
  mesh: Pick<MeshEvents, 'on'>,
  telling: ConstructorParameters<typeof RequestNotices>[0] & {
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
  mesh.on('publication', notice => publications.tell(notice));
  mesh.on('newlyReached', news => reach.tell(news));
  mesh.on('scanEnded', outcome => drift.scanEnded(outcome, governanceRefs));
  mesh.on('driftFound', news => drift.drift(news, governanceRefs));
  mesh.on('repairsHeld', held => drift.held(held, governanceRefs));
}
