import type { ScanStatus } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The worst first. */
const STATES = ['halted', 'failed', 'running', 'done'] as const;

/** How scans stand that are not told each. Pure. */
export function othersTogether(
  items: ScanStatus['items'],
): NonNullable<ScanStatus['others']> {
  const states = items.flatMap(({ last }) => last?.state ?? []);
  const state = STATES.find(one => states.includes(one));
  const [doneAt] = items
    .flatMap(({ lastDone }) => lastDone?.finishedAt ?? [])
    .sort();
  return {
    targets: items.length,
    ...(state && { state }),
    ...(doneAt && { doneAt }),
  };
}
