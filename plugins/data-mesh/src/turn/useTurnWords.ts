import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { relativeWords } from '../components/text/relativeWords';
import {
  accessRouteRef,
  entitlementRouteRef,
  grantsRouteRef,
  requestRouteRef,
  requestsRouteRef,
} from '../routes';
import { aboutOf } from '../entitlement/list/accessItems';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import type { Turn } from './turnsOf';

/** What waits in words, with what to do and where. */
export function useTurnWords(): (turn: Turn) => {
  title: string;
  words: string;
  action: string;
  to: string;
} {
  const t = useT();
  const momentOf = useMoment();
  const links = {
    requests: useRouteRef(requestsRouteRef),
    request: useRouteRef(requestRouteRef),
    access: useRouteRef(accessRouteRef),
    entitlement: useRouteRef(entitlementRouteRef),
    grants: useRouteRef(grantsRouteRef),
  };
  return (turn: Turn) => {
    const { kind, count } = turn;
    switch (turn.kind) {
      case 'decide':
        return {
          title: t('turn.decide.title', { count }),
          words: t('turn.decide.words'),
          action: t('turn.decide.action'),
          to: `${links.requests()}?view=toDecide`,
        };
      case 'drift':
        return {
          title: t('turn.drift.title', { count }),
          words: t('turn.drift.words'),
          action: t('turn.drift.action'),
          to: `${links.grants()}?tab=drift`,
        };
      default: {
        const { first } = turn;
        const about = aboutOf(first);
        const product = productInWords(about);
        const one =
          first.kind === 'access'
            ? links.entitlement({ id: first.id })
            : links.request({ id: first.id });
        const end = first.kind === 'access' && first.access.expiresAt;
        return {
          title: t(`turn.${turn.kind}.title`, { count }),
          words:
            turn.kind === 'ending'
              ? t('turn.ending.words', {
                  product,
                  when: t('time.ends', {
                    when:
                      (end && relativeWords(momentOf(end))) ||
                      t('time.justNow'),
                  }),
                })
              : product,
          action:
            kind === 'ending' && count > 1
              ? t('turn.ending.actions')
              : t(`turn.${turn.kind}.action`),
          // My access renews in one click, and lists all of them.
          to: kind === 'ending' || count > 1 ? links.access() : one,
        };
      }
    }
  };
}
