import { OperationCases } from '../ConformanceCase';
import { databaseOperations } from './databases';
import { filterOperations } from './filters';
import { grantOperations } from './grants';
import { identityOperations } from './identity';
import { lakeOperations } from './lake';
import { listingOperations } from './listings';
import { partitionOperations } from './partitions';
import { sharingOperations } from './sharing';
import { tableOperations } from './tables';
import { tagOperations } from './tags';
import { vendingOperations } from './vending';

/** Everything that the suite checks. */
export const ALL_OPERATIONS: readonly OperationCases[] = [
  ...grantOperations,
  ...listingOperations,
  ...lakeOperations,
  ...tagOperations,
  ...filterOperations,
  ...vendingOperations,
  ...databaseOperations,
  ...tableOperations,
  ...partitionOperations,
  ...sharingOperations,
  ...identityOperations,
];
