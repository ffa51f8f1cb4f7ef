/**
 * Lakemesh in the portal: discover data products, ask for access, decide, see
 * what is granted. The default export is the plugin for the new frontend
 * system; the named ones are for legacy apps.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export {
  DataMeshPage,
  DataMeshSettledNotifications,
  DataMeshSidebarItems,
  dataMeshPlugin,
  EntityDataProductAboutCard,
  EntityDataProductAccessContent,
  EntityDataProductPortsCard,
  EntityDataProductSchemaContent,
  EntityDataProductTagsContent,
  EntityDomainAccountsCard,
  EntityDomainDataProductsCard,
  EntityDomainPlacesCard,
  EntityDomainWaitingCard,
  HomeDataMeshYourTurn,
  isDataProduct,
} from './legacy';
export { dataMeshApiRef, useCountToDecide } from './api';
export {
  dataMeshMessages,
  dataMeshTranslationRef,
  type DataMeshMessages,
  type MessageAt,
  type MessagePath,
} from './translation';
