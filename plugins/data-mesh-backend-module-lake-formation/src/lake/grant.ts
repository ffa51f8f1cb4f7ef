import { Access } from './access';
import { LakeResource } from './resource';

/** Who is granted something, as Lake Formation tells grantees apart. */
export interface Grantee {
  /** As Lake Formation writes it. */
  principalId: string;
  /** Cedar expression over the principal's attributes, where there is one. */
  condition?: string;
}

/** What somebody may do with one resource. */
export interface ResourceAccess {
  resource: LakeResource;
  access: Access;
}

/** A grant: wanted by a step, held, or listed. */
export interface Grant extends ResourceAccess {
  grantee: Grantee;
}
