import { TableWant } from '../model/TableWant';

/** One line of a permission listing that is about tables. */
export interface ListedPermission extends TableWant {
  principalId: string;
  /** What of it may be passed on. */
  grantable: string[];
  updatedAt?: Date;
  updatedBy?: string;
}
