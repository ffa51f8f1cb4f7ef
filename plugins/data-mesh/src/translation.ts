import { englishSentences } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  createTranslationRef,
  type TranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { auditMessages } from './audit/messages';
import { accessMessages } from './entitlement/messages';
import { componentMessages } from './components/messages';
import { domainMessages } from './domain/messages';
import { discoverMessages } from './product/discover/messages';
import { grantsMessages } from './grant/messages';
import { placesMessages } from './place/messages';
import { productMessages } from './product/messages';
import { publicationsMessages } from './publication/messages';
import { requestFormMessages } from './request/form/messages';
import { requestsMessages } from './request/messages';
import { tagsMessages } from './tag/messages';
import { turnMessages } from './turn/messages';
import { usageMessages } from './entitlement/use/messages';

/**
 * All texts of the plugin as they stand in the code: nested, in English.
 *
 * @public
 */
export const dataMeshMessages = {
  ...componentMessages,
  pages: {
    discover: 'Data products',
    requests: 'Requests',
    access: 'My access',
    grants: 'Grants',
    audit: 'Audit',
  },
  discover: discoverMessages,
  domain: domainMessages,
  places: placesMessages,
  product: productMessages,
  publications: publicationsMessages,
  requestForm: requestFormMessages,
  requests: requestsMessages,
  access: accessMessages,
  grants: grantsMessages,
  audit: auditMessages,
  tags: tagsMessages,
  turn: turnMessages,
  usage: usageMessages,
  sentences: englishSentences,
} as const;

/**
 * The paths of texts in a nest of them, like `discover.sort`.
 *
 * @public
 */
export type MessagePath<TMessages> = {
  [TKey in keyof TMessages & string]: TMessages[TKey] extends string
    ? TKey
    : `${TKey}.${MessagePath<TMessages[TKey]>}`;
}[keyof TMessages & string];

/**
 * The text at a path of a nest of them.
 *
 * @public
 */
export type MessageAt<
  TMessages,
  TPath extends string,
> = TPath extends keyof TMessages
  ? TMessages[TPath]
  : TPath extends `${infer TKey}.${infer TRest}`
  ? TKey extends keyof TMessages
    ? MessageAt<TMessages[TKey], TRest>
    : never
  : never;

/**
 * All texts of the plugin by their paths. Written out as a type, since what
 * TypeScript infers for the flattened texts has another order in each build,
 * and the API report with it.
 *
 * @public
 */
export type DataMeshMessages = {
  readonly [TPath in MessagePath<typeof dataMeshMessages>]: Extract<
    MessageAt<typeof dataMeshMessages, TPath>,
    string
  >;
};

/**
 * All texts of the plugin, to be replaced or translated by the app. Each
 * folder keeps its own.
 *
 * @public
 */
export const dataMeshTranslationRef: TranslationRef<
  'plugin.data-mesh',
  DataMeshMessages
> = createTranslationRef({
  id: 'plugin.data-mesh',
  messages: dataMeshMessages,
});
