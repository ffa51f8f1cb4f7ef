import type {
  Scan,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Tone } from '../../components';

/** What the scans of all targets say together. */
export interface ScanSummary {
  state: 'never' | Scan['state'];
  tone: Tone;
  /** When the oldest of the last finished scans ended. */
  oldest?: string;
  calls: number;
  grants: number;
  /** Targets that calls and grants are counted of. */
  counted: number;
}

const TONES: Record<ScanSummary['state'], Tone> = {
  never: 'neutral',
  done: 'good',
  running: 'waiting',
  halted: 'attention',
  failed: 'bad',
};

/** Whether any scan has finished, of the targets that are told or the others. */
export const isScanned = ({
  items,
  others,
}: Pick<ScanStatus, 'items' | 'others'>): boolean =>
  items.some(item => item.lastDone) || others?.doneAt !== undefined;

/** The worst of all targets, and how old the oldest picture is. */
export function summarizeScans({
  items,
  others,
}: Pick<ScanStatus, 'items' | 'others'>): ScanSummary {
  const states = [...items.map(item => item.last?.state), others?.state];
  const done = items.flatMap(item => item.lastDone ?? []);
  const state =
    (['halted', 'failed', 'running'] as const).find(one =>
      states.includes(one),
    ) ?? (isScanned({ items, others }) ? 'done' : 'never');
  const ends = [
    ...done.flatMap(scan => scan.finishedAt ?? []),
    ...(others?.doneAt ? [others.doneAt] : []),
  ].sort();
  return {
    state,
    tone: TONES[state],
    oldest: ends[0],
    calls: done.reduce((sum, scan) => sum + scan.calls, 0),
    grants: items.reduce((sum, item) => sum + item.grants, 0),
    counted: items.length,
  };
}
