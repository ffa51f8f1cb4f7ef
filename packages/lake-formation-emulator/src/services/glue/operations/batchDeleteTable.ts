import type {
  BatchDeleteTableRequest,
  BatchDeleteTableResponse,
  TableError,
} from '@aws-sdk/client-glue';
import { AwsError } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { checkBatch } from '../partitionErrors';
import { deleteTable } from './deleteTable';

const MAX_ENTRIES = 100;

/** As DeleteTable, table by table; what fails does not stop the rest. */
export const batchDeleteTable: Operation<
  BatchDeleteTableRequest,
  BatchDeleteTableResponse
> = ({ TablesToDelete, ...names }, context) => {
  checkBatch(TablesToDelete, MAX_ENTRIES);
  const Errors = TablesToDelete.flatMap((Name): TableError[] => {
    try {
      deleteTable({ ...names, Name }, context);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [
        {
          TableName: Name,
          ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
        },
      ];
    }
  });
  return { Errors };
};
