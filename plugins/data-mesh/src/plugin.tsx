import {
  ApiBlueprint,
  AppRootElementBlueprint,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityHeaderLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  RiDatabase2Line,
  RiHistoryLine,
  RiInboxLine,
  RiKey2Line,
  RiPriceTag3Line,
  RiShieldCheckLine,
  RiShieldKeyholeLine,
  RiTableLine,
} from '@remixicon/react';
import { auditReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import { dataMeshApiFactory } from './api';
import { FrameLater } from './product/FrameLater';
import { DataProductHeader } from './product/header/DataProductHeader';
import { rootRouteRef } from './routes';
import { SettledNotifications } from './turn/SettledNotifications';

// Not those of another API group that a company may have under the same kind.
const forDataProducts = {
  kind: 'dataproduct',
  apiVersion: { $hasPrefix: 'lakemesh.io/' },
};

const api = ApiBlueprint.make({
  params: defineParams => defineParams(dataMeshApiFactory),
});

// A page shows in the navigation when it has a route ref without parameters,
// a title and an icon. Links go by the sub route refs of `routes.ts`, which
// work in both frontend systems.
const discoverPage = PageBlueprint.make({
  params: {
    path: '/data-mesh',
    routeRef: rootRouteRef,
    title: 'Data products',
    icon: <RiDatabase2Line />,
    noHeader: true,
    loader: () => import('./pages').then(m => <m.DiscoverRoutes />),
  },
});

const requestsPage = PageBlueprint.make({
  name: 'requests',
  params: {
    path: '/data-mesh/requests',
    routeRef: createRouteRef(),
    title: 'Requests',
    icon: <RiInboxLine />,
    noHeader: true,
    loader: () => import('./pages').then(m => <m.RequestsRoutes />),
  },
});

const accessPage = PageBlueprint.make({
  name: 'access',
  params: {
    path: '/data-mesh/access',
    routeRef: createRouteRef(),
    title: 'My access',
    icon: <RiKey2Line />,
    noHeader: true,
    loader: () => import('./pages').then(m => <m.AccessRoutes />),
  },
});

const grantsPage = PageBlueprint.make({
  name: 'grants',
  params: {
    path: '/data-mesh/grants',
    routeRef: createRouteRef(),
    title: 'Grants',
    icon: <RiShieldCheckLine />,
    noHeader: true,
    loader: () => import('./pages').then(m => <m.GrantsRoutes />),
  },
});

// In the navigation of those who may read the trail. Others who come by a link
// are told by the page of `/data-mesh` which permission it takes.
const auditPage = PageBlueprint.make({
  name: 'audit',
  if: { permissions: { $contains: auditReadPermission.name } },
  params: {
    path: '/data-mesh/audit',
    routeRef: createRouteRef(),
    title: 'Audit',
    icon: <RiHistoryLine />,
    noHeader: true,
    loader: () => import('./pages').then(m => <m.AuditRoutes />),
  },
});

// Part of every page: what somebody else has done asks nobody any more.
const settledNotifications = AppRootElementBlueprint.make({
  name: 'settled-notifications',
  params: { element: <SettledNotifications /> },
});

const requestFormPage = PageBlueprint.make({
  name: 'request-form',
  params: {
    path: '/data-mesh/request',
    title: 'Request access',
    noHeader: true,
    loader: () => import('./pages').then(m => <m.RequestFormRoutes />),
  },
});

const aboutCard = EntityCardBlueprint.make({
  name: 'about',
  params: {
    type: 'content',
    filter: forDataProducts,
    loader: () =>
      import('./product/DataProductDescriptionCard').then(m => (
        <m.DataProductDescriptionCard />
      )),
  },
});

const header = EntityHeaderLayoutBlueprint.make({
  name: 'product',
  params: {
    filter: forDataProducts,
    // Not in a file of its own: a header that comes after what stands below it
    // pushes that down.
    loader: async () => DataProductHeader,
  },
});

const portsCard = EntityCardBlueprint.make({
  name: 'ports',
  params: {
    type: 'content',
    filter: forDataProducts,
    loader: () =>
      import('./product/ports/DataProductPortsCard').then(m => (
        <m.DataProductPortsCard />
      )),
  },
});

const domainProductsCard = EntityCardBlueprint.make({
  name: 'domain-products',
  params: {
    type: 'content',
    filter: { kind: 'domain' },
    loader: () =>
      import('./domain/DomainDataProductsCard').then(m => (
        <m.DomainDataProductsCard />
      )),
  },
});

const domainPlacesCard = EntityCardBlueprint.make({
  name: 'domain-places',
  params: {
    type: 'content',
    filter: { kind: 'domain' },
    loader: () => import('./domain/PlacesCard').then(m => <m.PlacesCard />),
  },
});

const domainWaitingCard = EntityCardBlueprint.make({
  name: 'domain-waiting',
  params: {
    type: 'info',
    filter: { kind: 'domain' },
    loader: () => import('./domain/WaitingCard').then(m => <m.WaitingCard />),
  },
});

const domainAccountsCard = EntityCardBlueprint.make({
  name: 'domain-accounts',
  params: {
    type: 'info',
    filter: { kind: 'domain' },
    loader: () => import('./domain/AccountsCard').then(m => <m.AccountsCard />),
  },
});

const schemaContent = EntityContentBlueprint.make({
  name: 'schema',
  params: {
    path: 'schema',
    title: 'Schema',
    icon: <RiTableLine />,
    group: 'data-mesh',
    filter: forDataProducts,
    loader: () =>
      import('./product/schema/DataProductSchemaContent').then(m => (
        <FrameLater>
          <m.DataProductSchemaContent />
        </FrameLater>
      )),
  },
});

const accessContent = EntityContentBlueprint.make({
  name: 'access',
  params: {
    path: 'access',
    title: 'Access',
    icon: <RiShieldKeyholeLine />,
    group: 'data-mesh',
    filter: forDataProducts,
    loader: () =>
      import('./product/access/DataProductAccessContent').then(m => (
        <FrameLater>
          <m.DataProductAccessContent />
        </FrameLater>
      )),
  },
});

const tagsContent = EntityContentBlueprint.make({
  name: 'tags',
  params: {
    path: 'tags',
    title: 'LF-Tags',
    icon: <RiPriceTag3Line />,
    group: 'data-mesh',
    filter: forDataProducts,
    loader: () =>
      import('./tag/DataProductTagsContent').then(m => (
        <FrameLater>
          <m.DataProductTagsContent />
        </FrameLater>
      )),
  },
});

// Shows only where the app has a home page.
const yourTurnWidget = HomePageWidgetBlueprint.make({
  name: 'your-turn',
  params: {
    name: 'DataMeshYourTurn',
    title: 'Your turn',
    description: 'What waits for you in the data mesh',
    layout: { width: { minColumns: 4 }, height: { minRows: 2 } },
    components: () => import('./turn/homeCard'),
  },
});

/**
 * The plugin for the new frontend system, found by feature discovery.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'data-mesh',
  title: 'Data products',
  icon: <RiDatabase2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    api,
    discoverPage,
    requestsPage,
    accessPage,
    grantsPage,
    auditPage,
    requestFormPage,
    header,
    portsCard,
    aboutCard,
    domainPlacesCard,
    domainProductsCard,
    domainWaitingCard,
    domainAccountsCard,
    schemaContent,
    accessContent,
    tagsContent,
    yourTurnWidget,
    settledNotifications,
  ],
});
