import { restJson } from '../../protocols/restJson';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { Service } from '../Operation';
import { batchGrantPermissions } from './operations/batchGrantPermissions';
import { batchRevokePermissions } from './operations/batchRevokePermissions';
import { deregisterResource } from './operations/deregisterResource';
import { describeResource } from './operations/describeResource';
import { getDataLakePrincipal } from './operations/getDataLakePrincipal';
import { getDataLakeSettings } from './operations/getDataLakeSettings';
import { getEffectivePermissionsForPath } from './operations/getEffectivePermissionsForPath';
import { grantPermissions } from './operations/grantPermissions';
import { listPermissions } from './operations/listPermissions';
import { listResources } from './operations/listResources';
import { putDataLakeSettings } from './operations/putDataLakeSettings';
import { registerResource } from './operations/registerResource';
import { revokePermissions } from './operations/revokePermissions';

export const lakeFormation: Service = {
  name: 'lakeformation',
  model: lakeFormationModel,
  protocol: restJson,
  operations: {
    BatchGrantPermissions: batchGrantPermissions,
    BatchRevokePermissions: batchRevokePermissions,
    DeregisterResource: deregisterResource,
    DescribeResource: describeResource,
    GetDataLakePrincipal: getDataLakePrincipal,
    GetDataLakeSettings: getDataLakeSettings,
    GetEffectivePermissionsForPath: getEffectivePermissionsForPath,
    GrantPermissions: grantPermissions,
    ListPermissions: listPermissions,
    ListResources: listResources,
    PutDataLakeSettings: putDataLakeSettings,
    RegisterResource: registerResource,
    RevokePermissions: revokePermissions,
  },
  errorNames: {},
  // The model says 403; 400 is what is seen in the field.
  statuses: { AccessDeniedException: 400, UnrecognizedClientException: 403 },
};
