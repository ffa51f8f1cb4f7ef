import { useMemo } from 'react';
import type {
  DriftAction,
  DriftItem,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../../useT';
import { driftMatrix } from './driftMatrix';
import { deedOf, principalOfDrift, unapprovedParts } from './driftWords';

/** Drift in the words of people: who does what, and what a button does. */
export function useDriftWords() {
  const t = useT();
  return useMemo(() => {
    const whatOf = ({ resource }: ObservedGrant, isMore: boolean) => {
      const { columns, table, words } = resource;
      if (!columns || !table) return words;
      return t(isMore ? 'grants.drift.moreColumns' : 'grants.drift.columns', {
        count: columns.length,
        table,
      });
    };
    const partInWords = (part: ObservedGrant, isMore: boolean) => {
      const { permissions, grantable } = part;
      const deed = deedOf(part);
      return t(`grants.drift.does.${deed}`, {
        what: whatOf(part, isMore),
        permissions: (deed === 'passOn' ? grantable : permissions).join(', '),
      });
    };
    /** What the principal does that nobody approved, or what it lacks. */
    const does = (item: DriftItem): string => {
      const parts = unapprovedParts(item);
      if (parts.length === 0) return item.words;
      const isMore = item.grant?.because.kind === 'approved-and-more';
      const said = partInWords(parts[0], isMore);
      return parts.length === 1
        ? said
        : t('grants.drift.andMore', { said, count: parts.length - 1 });
    };
    return {
      does,
      /** Who it is about. */
      who: (item: DriftItem) =>
        principalOfDrift(item)?.name ?? t('grants.drift.nobody'),
      title: (item: DriftItem) => {
        const who = principalOfDrift(item);
        return who && unapprovedParts(item).length > 0
          ? t('grants.drift.title', {
              who: who.name,
              does: does(item),
            })
          : item.words;
      },
      /** Whether it may be passed on to others. */
      mayPassOn: (item: DriftItem) =>
        unapprovedParts(item).some(({ grantable }) => grantable.length > 0),
      button: (action: DriftAction, item: DriftItem) => {
        const matrix = action === 'revoke' ? driftMatrix(item) : undefined;
        return matrix?.of === 'columns'
          ? t('grants.drift.revokeColumns', {
              count: matrix.rows.filter(({ approved }) => !approved).length,
            })
          : t(`grants.drift.action.${action}`);
      },
    };
  }, [t]);
}
