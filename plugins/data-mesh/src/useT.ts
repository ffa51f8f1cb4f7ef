import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { dataMeshTranslationRef } from './translation';

/** Gives the text of a message in the language of the portal. */
export type Translate = TranslationFunction<
  (typeof dataMeshTranslationRef)['T']
>;

/** The texts of the plugin in the language of the portal. */
export function useT(): Translate {
  return useTranslationRef(dataMeshTranslationRef).t;
}
