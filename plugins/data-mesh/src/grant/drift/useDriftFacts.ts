import type {
  DecisionFact,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { useDriftWords } from './useDriftWords';
import { unapprovedParts } from './driftWords';

/** What a careful person wants to know before something is done about drift. */
export function useDriftFacts(
  item: DriftItem,
  isPersonal: (column: string) => boolean,
): DecisionFact[] {
  const t = useT();
  const momentOf = useMoment();
  const words = useDriftWords();
  const dayOf = (value: string) =>
    momentOf(value).toLocaleString(DateTime.DATE_MED);
  const { grant, entitlement } = item;
  const personal = unapprovedParts(item)
    .flatMap(({ resource }) => resource.columns ?? [])
    .filter(isPersonal);
  const facts: DecisionFact[] = [];
  if (words.mayPassOn(item)) {
    facts.push({ tone: 'warning', title: t('grants.drift.fact.passOn') });
  }
  if (personal.length > 0) {
    facts.push({
      tone: 'warning',
      title: t('grants.drift.fact.personal', { count: personal.length }),
      detail: personal.map(column => `\`${column}\``).join(', '),
    });
  }
  if (grant && item.kind === 'excess') {
    facts.push({
      tone: 'neutral',
      title: t('grants.drift.fact.firstSeen', {
        date: dayOf(grant.firstSeenAt),
      }),
      detail: t('grants.drift.fact.firstSeenBy'),
    });
    const { because } = grant;
    if (because.kind === 'approved-and-more') {
      facts.push({
        tone: 'neutral',
        title: t('grants.drift.fact.approvedStays'),
        detail:
          because.expiresAt &&
          t('grants.drift.fact.until', { date: dayOf(because.expiresAt) }),
      });
    }
  }
  if (entitlement && item.kind !== 'excess') {
    facts.push({
      tone: 'neutral',
      title: t('grants.drift.fact.approved', {
        date: dayOf(entitlement.activatedAt ?? entitlement.createdAt),
      }),
      detail:
        entitlement.expiresAt &&
        t('grants.drift.fact.until', { date: dayOf(entitlement.expiresAt) }),
    });
  }
  return facts;
}
