import type {
  DriftKind,
  DriftPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';

import { DRIFT_KINDS } from '../grantsUrl';

/** How much drift there is of some kinds; with a plus where that is not all. */
export function driftCount(
  { counts, atLeast }: Pick<DriftPage, 'counts' | 'atLeast'>,
  locale: string,
  kinds: readonly DriftKind[] = DRIFT_KINDS,
): string {
  const sum = kinds.reduce((total, kind) => total + counts[kind], 0);
  const more = kinds.some(kind => atLeast.includes(kind));
  return `${new Intl.NumberFormat(locale).format(sum)}${more ? '+' : ''}`;
}
