import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { accessMessages } from './access/messages';
import { componentMessages } from './components/messages';
import { discoverMessages } from './discover/messages';
import { productMessages } from './product/messages';
import { requestFormMessages } from './requestForm/messages';
import { requestsMessages } from './requests/messages';

/**
 * All texts of the plugin, to be replaced or translated by the app. Each
 * folder keeps its own.
 *
 * @public
 */
export const dataMeshTranslationRef = createTranslationRef({
  id: 'plugin.data-mesh',
  messages: {
    ...componentMessages,
    pages: {
      discover: 'Data products',
      requests: 'Requests',
      access: 'My access',
    },
    discover: discoverMessages,
    product: productMessages,
    requestForm: requestFormMessages,
    requests: requestsMessages,
    access: accessMessages,
  },
});
