import { findNewlyReached } from '../newlyReached';
import { followCatalog } from '../catalog/followCatalog';
import type { Pass } from '../schedulePasses';
import type { Mesh } from './composeMesh';
import type { MeshConfig } from './readMeshConfig';

/** What is done again and again. */
export function meshPasses(
  mesh: Mesh,
  { scan }: Pick<MeshConfig, 'scan'>,
): Pass[] {
  return [
    {
      id: 'data-mesh-follow-catalog',
      frequency: { minutes: 1 },
      initialDelay: { seconds: 15 },
      fn: async signal => {
        const moved = await followCatalog(mesh, signal);
        if (moved.length > 0) {
          mesh.logger.info(
            `Requests and entitlements follow the present owner and domain of ${moved.join(
              ', ',
            )}`,
          );
        }
      },
    },
    {
      id: 'data-mesh-lapse-requests',
      frequency: { minutes: 10 },
      initialDelay: { seconds: 30 },
      fn: async signal => {
        const lapsed = await mesh.requests.closer.lapse(signal);
        if (lapsed > 0) mesh.logger.info(`${lapsed} requests have lapsed`);
        await mesh.requests.again.pass(signal);
      },
    },
    {
      id: 'data-mesh-remind',
      frequency: { hours: 1 },
      initialDelay: { minutes: 2 },
      fn: signal => mesh.reminders.pass(signal),
    },
    {
      id: 'data-mesh-undoable-decisions',
      frequency: { seconds: 10 },
      initialDelay: { seconds: 5 },
      fn: signal => mesh.requests.undoable.pass(signal),
    },
    {
      id: 'data-mesh-publish',
      frequency: { minutes: 1 },
      initialDelay: { seconds: 5 },
      fn: async signal => {
        await mesh.publications.published.pass(signal);
      },
    },
    {
      id: 'data-mesh-scan',
      frequency: scan.frequency,
      timeout: scan.timeout,
      initialDelay: { seconds: 60 },
      fn: async signal => {
        await mesh.scanning.scanner.pass(signal);
        await mesh.looks.within(() =>
          findNewlyReached(mesh.newlyReached, signal),
        );
      },
    },
    {
      id: 'data-mesh-scan-upkeep',
      frequency: { minutes: 1 },
      timeout: scan.timeout,
      initialDelay: { seconds: 30 },
      fn: signal => mesh.scanning.upkeep(signal),
    },
    {
      id: 'data-mesh-names',
      frequency: { minutes: 5 },
      initialDelay: { seconds: 45 },
      fn: () => mesh.names.names.remember(),
    },
  ];
}
