import { useMemo } from 'react';
import {
  productInWords,
  isolatedText,
  type AccessRequest,
  type Purpose,
  type RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../useT';
import { waitedFor } from '../components';

/** Words that several parts of the request pages use. */
export function useRequestWords() {
  const t = useT();
  return useMemo(
    () => ({
      duration: (days: number) =>
        days === 365
          ? t('requests.duration.year')
          : t('requests.duration.days', { count: days }),
      age: (since: string) => {
        const { unit, value, tone } = waitedFor(since, Date.now());
        const label =
          unit === 'days'
            ? t('requests.age.days', { count: value })
            : t(`requests.age.${unit}`, { value: String(value) });
        return { label, tone };
      },
      role: (name: string) => {
        switch (name) {
          case 'owner':
          case 'steward':
          case 'fallback':
            return t(`requests.head.role.${name}`);
          default:
            return name;
        }
      },
      level: (level: string) =>
        level === 'read' || level === 'append' || level === 'modify'
          ? t(`scope.${level}`)
          : level,
      noPlan: ({ planError }: RequestDetail) =>
        planError
          ? t('requests.plan.none', { reason: planError })
          : t('requests.plan.noPlan'),
      kind: ({ kind }: AccessRequest) =>
        kind === 'new' ? undefined : t(`requests.kind.${kind}`),
      what: (request: AccessRequest) =>
        `${productInWords(request)} · ${isolatedText(
          request.portTitle ?? request.port,
        )}`,
    }),
    [t],
  );
}

/** The title of a purpose; its id where the portal knows it no more. */
export function purposeTitle(id: string, purposes: readonly Purpose[] = []) {
  return purposes.find(purpose => purpose.id === id)?.title ?? id;
}
