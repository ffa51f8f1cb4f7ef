import { effects } from './effects';
import { lakeFormation } from './lakeFormation';
import { plan } from './plan';
import { policy } from './policy';
import { principals } from './principals';
import { requests } from './requests';
import { tags } from './tags';
import { warnings } from './warnings';
import { words } from './words';

/**
 * The English of all that the server says to people, by its code, as i18next
 * has messages. A user interface offers it for translation.
 *
 * @public
 */
export const englishSentences = {
  ...words,
  ...plan,
  ...policy,
  ...requests,
  ...effects,
  ...principals,
  ...tags,
  ...warnings,
  ...lakeFormation,
} as const;
