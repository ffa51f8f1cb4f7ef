import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ShownLine } from '../../plan/DeltaLines';
import { heldDelta } from '../heldDelta';

/**
 * What AWS holds before and after something is done about drift, line by line:
 * what nobody approved goes or stays, what was approved stays. By the computed
 * difference; empty where that is not of a grant. Pure.
 */
export function resolutionDelta(
  action: DriftAction,
  { kind, grant }: DriftItem,
): ShownLine[] {
  if (!grant || kind !== 'excess' || action === 'reapply') return [];
  const { because, grant: held } = grant;
  const parts = because.more?.length ? because.more : [held];
  return heldDelta(held.resource.columns, parts).map((line): ShownLine => {
    if (line.sign !== 'unapproved') return line;
    return { sign: action === 'revoke' ? 'remove' : 'keep', words: line.words };
  });
}
