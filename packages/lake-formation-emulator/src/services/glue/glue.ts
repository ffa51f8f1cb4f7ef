import { awsJson11 } from '../../protocols/awsJson11';
import { glueModel } from '../../wire/models/glue';
import { Service } from '../Operation';
import { batchCreatePartition } from './operations/batchCreatePartition';
import { batchDeletePartition } from './operations/batchDeletePartition';
import { batchDeleteTable } from './operations/batchDeleteTable';
import { batchGetPartition } from './operations/batchGetPartition';
import { batchUpdatePartition } from './operations/batchUpdatePartition';
import { createCatalog } from './operations/createCatalog';
import { createDatabase } from './operations/createDatabase';
import { createPartition } from './operations/createPartition';
import { createTable } from './operations/createTable';
import { deleteCatalog } from './operations/deleteCatalog';
import { deleteDatabase } from './operations/deleteDatabase';
import { deletePartition } from './operations/deletePartition';
import { deleteResourcePolicy } from './operations/deleteResourcePolicy';
import { deleteTable } from './operations/deleteTable';
import { getCatalog } from './operations/getCatalog';
import { getCatalogs } from './operations/getCatalogs';
import { getDataCatalogEncryptionSettings } from './operations/getDataCatalogEncryptionSettings';
import { getDatabase } from './operations/getDatabase';
import { getDatabases } from './operations/getDatabases';
import { getPartition } from './operations/getPartition';
import { getPartitions } from './operations/getPartitions';
import { getResourcePolicy } from './operations/getResourcePolicy';
import { getTable } from './operations/getTable';
import { getTableVersion } from './operations/getTableVersion';
import { getTableVersions } from './operations/getTableVersions';
import { getTables } from './operations/getTables';
import { getTags } from './operations/getTags';
import { getUnfilteredPartitionMetadata } from './operations/getUnfilteredPartitionMetadata';
import { getUnfilteredPartitionsMetadata } from './operations/getUnfilteredPartitionsMetadata';
import { getUnfilteredTableMetadata } from './operations/getUnfilteredTableMetadata';
import { putDataCatalogEncryptionSettings } from './operations/putDataCatalogEncryptionSettings';
import { putResourcePolicy } from './operations/putResourcePolicy';
import { searchTables } from './operations/searchTables';
import { tagResource } from './operations/tagResource';
import { untagResource } from './operations/untagResource';
import { updateDatabase } from './operations/updateDatabase';
import { updatePartition } from './operations/updatePartition';
import { updateTable } from './operations/updateTable';

export const glue: Service = {
  name: 'glue',
  model: glueModel,
  protocol: awsJson11,
  operations: {
    BatchCreatePartition: batchCreatePartition,
    BatchDeletePartition: batchDeletePartition,
    BatchDeleteTable: batchDeleteTable,
    BatchGetPartition: batchGetPartition,
    BatchUpdatePartition: batchUpdatePartition,
    CreateCatalog: createCatalog,
    CreateDatabase: createDatabase,
    CreatePartition: createPartition,
    CreateTable: createTable,
    DeleteCatalog: deleteCatalog,
    DeleteDatabase: deleteDatabase,
    DeletePartition: deletePartition,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteTable: deleteTable,
    GetCatalog: getCatalog,
    GetCatalogs: getCatalogs,
    GetDataCatalogEncryptionSettings: getDataCatalogEncryptionSettings,
    GetDatabase: getDatabase,
    GetDatabases: getDatabases,
    GetPartition: getPartition,
    GetPartitions: getPartitions,
    GetResourcePolicy: getResourcePolicy,
    GetTable: getTable,
    GetTableVersion: getTableVersion,
    GetTableVersions: getTableVersions,
    GetTables: getTables,
    GetTags: getTags,
    GetUnfilteredPartitionMetadata: getUnfilteredPartitionMetadata,
    GetUnfilteredPartitionsMetadata: getUnfilteredPartitionsMetadata,
    GetUnfilteredTableMetadata: getUnfilteredTableMetadata,
    PutDataCatalogEncryptionSettings: putDataCatalogEncryptionSettings,
    PutResourcePolicy: putResourcePolicy,
    SearchTables: searchTables,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateDatabase: updateDatabase,
    UpdatePartition: updatePartition,
    UpdateTable: updateTable,
  },
  errorNames: {},
  // The model says 403; 400 is what is seen in the field.
  statuses: { AccessDeniedException: 400 },
};
