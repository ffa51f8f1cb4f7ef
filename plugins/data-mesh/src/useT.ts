import { useMemo } from 'react';
import { isolatedText } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { dataMeshTranslationRef } from './translation';

/** Gives the text of a message in the language of the portal. */
export type Translate = TranslationFunction<
  (typeof dataMeshTranslationRef)['T']
>;

type Values = { [name: string]: unknown };

/** What is put into a message cannot turn or hide the words around it. */
function isolated(values: Values | undefined): Values | undefined {
  return (
    values &&
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? isolatedText(value) : value,
      ]),
    )
  );
}

/** The texts of the plugin in the language of the portal. */
export function useT(): Translate {
  const { t } = useTranslationRef(dataMeshTranslationRef);
  return useMemo(() => {
    const translate = t as (key: string, values?: Values) => string;
    return ((key: string, values?: Values) =>
      translate(key, isolated(values))) as Translate;
  }, [t]);
}
