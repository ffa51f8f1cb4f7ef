import { restJson } from '../../protocols/restJson';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { Service } from '../Operation';
import { addLFTagsToResource } from './operations/addLFTagsToResource';
import { batchGrantPermissions } from './operations/batchGrantPermissions';
import { batchRevokePermissions } from './operations/batchRevokePermissions';
import { createDataCellsFilter } from './operations/createDataCellsFilter';
import { createLFTag } from './operations/createLFTag';
import { createLFTagExpression } from './operations/createLFTagExpression';
import { createLakeFormationIdentityCenterConfiguration } from './operations/createLakeFormationIdentityCenterConfiguration';
import { createLakeFormationOptIn } from './operations/createLakeFormationOptIn';
import { deleteDataCellsFilter } from './operations/deleteDataCellsFilter';
import { deleteLFTag } from './operations/deleteLFTag';
import { deleteLFTagExpression } from './operations/deleteLFTagExpression';
import { deleteLakeFormationIdentityCenterConfiguration } from './operations/deleteLakeFormationIdentityCenterConfiguration';
import { deleteLakeFormationOptIn } from './operations/deleteLakeFormationOptIn';
import { deregisterResource } from './operations/deregisterResource';
import { describeLakeFormationIdentityCenterConfiguration } from './operations/describeLakeFormationIdentityCenterConfiguration';
import { describeResource } from './operations/describeResource';
import { getDataCellsFilter } from './operations/getDataCellsFilter';
import { getDataLakePrincipal } from './operations/getDataLakePrincipal';
import { getDataLakeSettings } from './operations/getDataLakeSettings';
import { getEffectivePermissionsForPath } from './operations/getEffectivePermissionsForPath';
import { getLFTag } from './operations/getLFTag';
import { getLFTagExpression } from './operations/getLFTagExpression';
import { getResourceLFTags } from './operations/getResourceLFTags';
import { getTemporaryDataLocationCredentials } from './operations/getTemporaryDataLocationCredentials';
import { getTemporaryGluePartitionCredentials } from './operations/getTemporaryGluePartitionCredentials';
import { getTemporaryGlueTableCredentials } from './operations/getTemporaryGlueTableCredentials';
import { grantPermissions } from './operations/grantPermissions';
import { listDataCellsFilter } from './operations/listDataCellsFilter';
import { listLFTagExpressions } from './operations/listLFTagExpressions';
import { listLFTags } from './operations/listLFTags';
import { listLakeFormationOptIns } from './operations/listLakeFormationOptIns';
import { listPermissions } from './operations/listPermissions';
import { listResources } from './operations/listResources';
import { putDataLakeSettings } from './operations/putDataLakeSettings';
import { registerResource } from './operations/registerResource';
import { removeLFTagsFromResource } from './operations/removeLFTagsFromResource';
import { revokePermissions } from './operations/revokePermissions';
import { searchDatabasesByLFTags } from './operations/searchDatabasesByLFTags';
import { searchTablesByLFTags } from './operations/searchTablesByLFTags';
import { updateDataCellsFilter } from './operations/updateDataCellsFilter';
import { updateLFTag } from './operations/updateLFTag';
import { updateLFTagExpression } from './operations/updateLFTagExpression';
import { updateLakeFormationIdentityCenterConfiguration } from './operations/updateLakeFormationIdentityCenterConfiguration';
import { updateResource } from './operations/updateResource';

export const lakeFormation: Service = {
  name: 'lakeformation',
  model: lakeFormationModel,
  protocol: restJson,
  operations: {
    AddLFTagsToResource: addLFTagsToResource,
    BatchGrantPermissions: batchGrantPermissions,
    BatchRevokePermissions: batchRevokePermissions,
    CreateDataCellsFilter: createDataCellsFilter,
    CreateLFTag: createLFTag,
    CreateLFTagExpression: createLFTagExpression,
    CreateLakeFormationIdentityCenterConfiguration:
      createLakeFormationIdentityCenterConfiguration,
    CreateLakeFormationOptIn: createLakeFormationOptIn,
    DeleteDataCellsFilter: deleteDataCellsFilter,
    DeleteLFTag: deleteLFTag,
    DeleteLFTagExpression: deleteLFTagExpression,
    DeleteLakeFormationIdentityCenterConfiguration:
      deleteLakeFormationIdentityCenterConfiguration,
    DeleteLakeFormationOptIn: deleteLakeFormationOptIn,
    DeregisterResource: deregisterResource,
    DescribeLakeFormationIdentityCenterConfiguration:
      describeLakeFormationIdentityCenterConfiguration,
    DescribeResource: describeResource,
    GetDataCellsFilter: getDataCellsFilter,
    GetDataLakePrincipal: getDataLakePrincipal,
    GetDataLakeSettings: getDataLakeSettings,
    GetEffectivePermissionsForPath: getEffectivePermissionsForPath,
    GetLFTag: getLFTag,
    GetLFTagExpression: getLFTagExpression,
    GetResourceLFTags: getResourceLFTags,
    GetTemporaryDataLocationCredentials: getTemporaryDataLocationCredentials,
    GetTemporaryGluePartitionCredentials: getTemporaryGluePartitionCredentials,
    GetTemporaryGlueTableCredentials: getTemporaryGlueTableCredentials,
    GrantPermissions: grantPermissions,
    ListDataCellsFilter: listDataCellsFilter,
    ListLFTagExpressions: listLFTagExpressions,
    ListLFTags: listLFTags,
    ListLakeFormationOptIns: listLakeFormationOptIns,
    ListPermissions: listPermissions,
    ListResources: listResources,
    PutDataLakeSettings: putDataLakeSettings,
    RegisterResource: registerResource,
    RemoveLFTagsFromResource: removeLFTagsFromResource,
    RevokePermissions: revokePermissions,
    SearchDatabasesByLFTags: searchDatabasesByLFTags,
    SearchTablesByLFTags: searchTablesByLFTags,
    UpdateDataCellsFilter: updateDataCellsFilter,
    UpdateLFTag: updateLFTag,
    UpdateLFTagExpression: updateLFTagExpression,
    UpdateLakeFormationIdentityCenterConfiguration:
      updateLakeFormationIdentityCenterConfiguration,
    UpdateResource: updateResource,
  },
  errorNames: {},
  // The model says 403; 400 is what is seen in the field.
  statuses: { AccessDeniedException: 400, UnrecognizedClientException: 403 },
};
