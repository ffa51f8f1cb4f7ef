import { restJson } from '../../protocols/restJson';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { Service } from '../Operation';
import { batchGrantPermissions } from './operations/batchGrantPermissions';
import { batchRevokePermissions } from './operations/batchRevokePermissions';
import { createDataCellsFilter } from './operations/createDataCellsFilter';
import { deleteDataCellsFilter } from './operations/deleteDataCellsFilter';
import { deregisterResource } from './operations/deregisterResource';
import { describeResource } from './operations/describeResource';
import { getDataCellsFilter } from './operations/getDataCellsFilter';
import { getDataLakePrincipal } from './operations/getDataLakePrincipal';
import { getDataLakeSettings } from './operations/getDataLakeSettings';
import { getEffectivePermissionsForPath } from './operations/getEffectivePermissionsForPath';
import { grantPermissions } from './operations/grantPermissions';
import { listDataCellsFilter } from './operations/listDataCellsFilter';
import { listPermissions } from './operations/listPermissions';
import { listResources } from './operations/listResources';
import { putDataLakeSettings } from './operations/putDataLakeSettings';
import { registerResource } from './operations/registerResource';
import { revokePermissions } from './operations/revokePermissions';
import { updateDataCellsFilter } from './operations/updateDataCellsFilter';

export const lakeFormation: Service = {
  name: 'lakeformation',
  model: lakeFormationModel,
  protocol: restJson,
  operations: {
    BatchGrantPermissions: batchGrantPermissions,
    BatchRevokePermissions: batchRevokePermissions,
    CreateDataCellsFilter: createDataCellsFilter,
    DeleteDataCellsFilter: deleteDataCellsFilter,
    DeregisterResource: deregisterResource,
    DescribeResource: describeResource,
    GetDataCellsFilter: getDataCellsFilter,
    GetDataLakePrincipal: getDataLakePrincipal,
    GetDataLakeSettings: getDataLakeSettings,
    GetEffectivePermissionsForPath: getEffectivePermissionsForPath,
    GrantPermissions: grantPermissions,
    ListDataCellsFilter: listDataCellsFilter,
    ListPermissions: listPermissions,
    ListResources: listResources,
    PutDataLakeSettings: putDataLakeSettings,
    RegisterResource: registerResource,
    RevokePermissions: revokePermissions,
    UpdateDataCellsFilter: updateDataCellsFilter,
  },
  errorNames: {},
  // The model says 403; 400 is what is seen in the field.
  statuses: { AccessDeniedException: 400, UnrecognizedClientException: 403 },
};
