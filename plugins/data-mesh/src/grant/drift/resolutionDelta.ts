import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ShownLine } from '../../plan/DeltaLines';
import { heldDelta } from '../heldDelta';
import { unapprovedParts } from './driftWords';

/**
 * What AWS holds before and after something is done about drift, line by line:
 * what nobody approved goes or stays, what was approved stays. By the computed
 * difference; empty where that is not of a grant. Pure.
 */
export function resolutionDelta(
  action: DriftAction,
  item: DriftItem,
): ShownLine[] {
  const parts = unapprovedParts(item);
  if (parts.length === 0 || action === 'reapply') return [];
  return heldDelta(item.grant?.grant.resource.columns, parts).map(
    (line): ShownLine => {
      if (line.sign !== 'unapproved') return line;
      return {
        sign: action === 'revoke' ? 'remove' : 'keep',
        words: line.words,
      };
    },
  );
}
