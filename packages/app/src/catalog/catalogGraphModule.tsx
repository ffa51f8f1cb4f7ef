import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  ALL_RELATIONS,
  ALL_RELATION_PAIRS,
  catalogGraphApiRef,
  DefaultCatalogGraphApi,
} from '@backstage/plugin-catalog-graph';

// The graph draws only relations that it knows by name.
const graphApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: catalogGraphApiRef,
      deps: {},
      factory: () =>
        new DefaultCatalogGraphApi({
          knownRelations: [...ALL_RELATIONS, 'consumesData', 'dataConsumedBy'],
          knownRelationPairs: [
            ...ALL_RELATION_PAIRS,
            ['consumesData', 'dataConsumedBy'],
          ],
          defaultRelationTypes: { exclude: [] },
        }),
    }),
});

/** Data flows between products in the catalog graph. */
export const catalogGraphModule = createFrontendModule({
  pluginId: 'catalog-graph',
  extensions: [graphApi],
});
