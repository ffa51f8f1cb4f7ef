import type { ChangeCounts } from '../events';
import type { ScanConfig } from '../config/scanConfig';

/**
 * Why a scan would change too much to be believed: wrong credentials and wiped
 * catalogs look like drift. The first scan of a target is never too much. Pure.
 *
 * @param stored - grants that are known of the target
 */
export function stormOf(
  stored: number,
  changes: ChangeCounts,
  config: Pick<ScanConfig, 'haltAbovePercent' | 'haltAboveCount'>,
): string | undefined {
  const { haltAbovePercent, haltAboveCount } = config;
  const moved = changes.added + changes.removed;
  if (stored === 0 || moved <= haltAboveCount) return undefined;
  if (moved * 100 <= stored * haltAbovePercent) return undefined;
  return `It would add ${changes.added} and remove ${changes.removed} of ${stored} grants, more than ${haltAbovePercent} %. Look whether the credentials and the catalog are the right ones, then release it or scan again`;
}
