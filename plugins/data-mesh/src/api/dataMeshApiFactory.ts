import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { DataMeshClient } from '@lakemesh/backstage-plugin-data-mesh-common';
import { dataMeshApiRef } from './dataMeshApiRef';

/** The client over HTTP, for both frontend systems. */
export const dataMeshApiFactory = createApiFactory({
  api: dataMeshApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new DataMeshClient(deps),
});
