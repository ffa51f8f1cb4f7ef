import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import {
  createCardExtension,
  type CardExtensionProps,
} from '@backstage/plugin-home-react';
import type { Entity } from '@backstage/catalog-model';
import { isDataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { dataMeshApiFactory } from './api';
import { rootRouteRef } from './routes';

/**
 * The plugin for apps of the legacy frontend system.
 *
 * @public
 */
export const dataMeshPlugin = createPlugin({
  id: 'data-mesh',
  apis: [dataMeshApiFactory],
  routes: { root: rootRouteRef },
});

/**
 * Whether an entity is a data product of the mesh, for `EntitySwitch`. By API
 * group as well as kind: a company may have a kind of the same name.
 *
 * @public
 */
export const isDataProduct: (entity: Entity) => boolean = isDataProductEntity;

/**
 * All pages of the plugin; mount it once, at `/data-mesh`.
 *
 * @public
 */
export const DataMeshPage: () => JSX.Element = dataMeshPlugin.provide(
  createRoutableExtension({
    name: 'DataMeshPage',
    component: () => import('./pages').then(m => m.DataMeshRoutes),
    mountPoint: rootRouteRef,
  }),
);

/**
 * What a data product is, and who answers for it.
 *
 * @public
 */
export const EntityDataProductAboutCard: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDataProductAboutCard',
      component: {
        lazy: () =>
          import('./product/DataProductAboutCard').then(
            m => m.DataProductAboutCard,
          ),
      },
    }),
  );

/**
 * The output ports of a data product, with the user's access to each.
 *
 * @public
 */
export const EntityDataProductPortsCard: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDataProductPortsCard',
      component: {
        lazy: () =>
          import('./product/ports/DataProductPortsCard').then(
            m => m.DataProductPortsCard,
          ),
      },
    }),
  );

/**
 * The columns of a data product, for an entity tab.
 *
 * @public
 */
export const EntityDataProductSchemaContent: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDataProductSchemaContent',
      component: {
        lazy: () =>
          import('./product/schema/DataProductSchemaContent').then(
            m => m.DataProductSchemaContent,
          ),
      },
    }),
  );

/**
 * Who has access to a data product and why, for an entity tab.
 *
 * @public
 */
export const EntityDataProductAccessContent: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDataProductAccessContent',
      component: {
        lazy: () =>
          import('./product/access/DataProductAccessContent').then(
            m => m.DataProductAccessContent,
          ),
      },
    }),
  );

/**
 * The LF-Tags of a data product, declared and found, for an entity tab.
 *
 * @public
 */
export const EntityDataProductTagsContent: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDataProductTagsContent',
      component: {
        lazy: () =>
          import('./tag/DataProductTagsContent').then(
            m => m.DataProductTagsContent,
          ),
      },
    }),
  );

/**
 * The data products of a domain, for the page of a Domain.
 *
 * @public
 */
export const EntityDomainDataProductsCard: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDomainDataProductsCard',
      component: {
        lazy: () =>
          import('./domain/DomainDataProductsCard').then(
            m => m.DomainDataProductsCard,
          ),
      },
    }),
  );

/**
 * What a Domain answers for, and the way to claim more.
 *
 * @public
 */
export const EntityDomainPlacesCard: () => JSX.Element = dataMeshPlugin.provide(
  createComponentExtension({
    name: 'EntityDomainPlacesCard',
    component: {
      lazy: () => import('./domain/PlacesCard').then(m => m.PlacesCard),
    },
  }),
);

/**
 * What a Domain needs next of the viewer; claims of it, and changes of its
 * products, that wait for somebody.
 *
 * @public
 */
export const EntityDomainWaitingCard: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDomainWaitingCard',
      component: {
        lazy: () => import('./domain/WaitingCard').then(m => m.WaitingCard),
      },
    }),
  );

/**
 * The AWS accounts in which a Domain holds places.
 *
 * @public
 */
export const EntityDomainAccountsCard: () => JSX.Element =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'EntityDomainAccountsCard',
      component: {
        lazy: () => import('./domain/AccountsCard').then(m => m.AccountsCard),
      },
    }),
  );

/**
 * What waits for the user in the data mesh, for the home page.
 *
 * @public
 */
export const HomeDataMeshYourTurn: (
  props: CardExtensionProps<{}>,
) => JSX.Element = dataMeshPlugin.provide(
  createCardExtension<{}>({
    name: 'HomeDataMeshYourTurn',
    title: 'Your turn',
    components: () => import('./turn/homeCard'),
  }),
);

/**
 * Marks notifications as read that ask nobody to act any more. Mount it once,
 * anywhere below the API providers of the app; it shows nothing.
 *
 * @public
 */
export const DataMeshSettledNotifications: () => JSX.Element | null =
  dataMeshPlugin.provide(
    createComponentExtension({
      name: 'DataMeshSettledNotifications',
      component: {
        lazy: () =>
          import('./turn/SettledNotifications').then(
            m => m.SettledNotifications,
          ),
      },
    }),
  );

/**
 * The pages of the plugin for the sidebar: Data products, Requests with what
 * waits, My access, Grants, and Audit for those who may read it.
 *
 * @public
 */
export const DataMeshSidebarItems: () => JSX.Element = dataMeshPlugin.provide(
  createComponentExtension({
    name: 'DataMeshSidebarItems',
    component: {
      lazy: () => import('./navigation/SidebarItems').then(m => m.SidebarItems),
    },
  }),
);
