import { visibleCode } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRequestWords } from '../../scope/requestWords';
import { useT } from '../../useT';
import type { LeavingOut } from './leavingOut';

/** The column of `table.column`. */
const columnOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);

/** Words of an approval that leaves columns out. */
export function useLeavingOutWords(): (less: LeavingOut) => {
  button: string;
  /** What the requester reads. */
  comment: string;
  /** What leaving them out buys. */
  buys: string;
} {
  const t = useT();
  const words = useRequestWords();
  return ({ columns, spared, isLast }) => {
    const names = columns.map(columnOf).map(visibleCode);
    const what =
      names.length === 1
        ? names[0]
        : t('requests.without.columns', { count: names.length });
    return {
      button: t('requests.without.approve', { what }),
      comment: t('requests.without.comment', { columns: names.join(', ') }),
      buys: isLast
        ? t('requests.without.nobodyElse', { what })
        : t('requests.without.spares', {
            what,
            stages: spared.map(name => words.role(name)).join(', '),
          }),
    };
  };
}
