import { useMemo } from 'react';
import {
  codesOf,
  isSentenceCode,
  sayPart,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { dataMeshTranslationRef } from './translation';

/** Says what the server made, in the language of the portal. */
export type SaySentence = (sentence: Sentence | string) => string;

/**
 * Sentences of the server by their codes. What has none, or one that is not
 * known here, is said as the server says it. Names in it are shown by
 * `CodeWords`, which keeps them from turning the words beside them.
 */
export function useSentence(): SaySentence {
  const { t } = useTranslationRef(dataMeshTranslationRef);
  return useMemo(() => {
    const translate = t as (key: string, values: object) => string;
    return sentence => {
      if (typeof sentence === 'string') return sentence;
      const { text, code, params } = sentence;
      if (code === undefined) return text;
      const part = { code, params };
      return codesOf(part).every(isSentenceCode)
        ? sayPart(part, (key, values) => translate(`sentences.${key}`, values))
        : text;
    };
  }, [t]);
}
