import { useMemo } from 'react';
import { DateTime } from 'luxon';
import { useT } from './useT';

/** Reads times, to be told in the language of the words around them. */
export function useMoment(): (value: string) => DateTime {
  const locale = useLocale();
  return useMemo(() => value => DateTime.fromISO(value, { locale }), [locale]);
}

/**
 * The language of the plugin's texts. It comes with them: the browser may prefer
 * another, and they may not be translated into it.
 */
export function useLocale(): string {
  return useT()('time.locale');
}
