import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { DataMeshApi } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What the actions ask of the data mesh backend. */
export type MeshApi = Pick<DataMeshApi, 'findName' | 'createClaim'>;

/** The backend as seen by whoever runs the template. */
export type MeshFor = (credentials: BackstageCredentials) => MeshApi;
