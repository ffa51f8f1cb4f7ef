import { awsJson11 } from '../../protocols/awsJson11';
import { glueModel } from '../../wire/models/glue';
import { Service } from '../Operation';
import { createDatabase } from './operations/createDatabase';
import { createTable } from './operations/createTable';
import { deleteDatabase } from './operations/deleteDatabase';
import { deleteTable } from './operations/deleteTable';
import { getDatabase } from './operations/getDatabase';
import { getDatabases } from './operations/getDatabases';
import { getTable } from './operations/getTable';
import { getTables } from './operations/getTables';
import { updateDatabase } from './operations/updateDatabase';
import { updateTable } from './operations/updateTable';

export const glue: Service = {
  name: 'glue',
  model: glueModel,
  protocol: awsJson11,
  operations: {
    CreateDatabase: createDatabase,
    CreateTable: createTable,
    DeleteDatabase: deleteDatabase,
    DeleteTable: deleteTable,
    GetDatabase: getDatabase,
    GetDatabases: getDatabases,
    GetTable: getTable,
    GetTables: getTables,
    UpdateDatabase: updateDatabase,
    UpdateTable: updateTable,
  },
  errorNames: {},
  // The model says 403; 400 is what is seen in the field.
  statuses: { AccessDeniedException: 400 },
};
