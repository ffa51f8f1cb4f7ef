import { Place, TablePlace } from './Place';
import { TableAccess } from './TableAccess';

/** What a step wants one principal to hold in one place. */
export interface GrantWant {
  place: Place;
  access: TableAccess;
}

/** A want on a table. */
export interface TableGrantWant extends GrantWant {
  place: TablePlace;
}

/** Who is granted something, as Lake Formation tells grantees apart. */
export interface Grantee {
  /** As it stands on the wire. */
  principalId: string;
  /** Cedar expression over the principal's attributes, where there is one. */
  condition?: string;
}

/** The same for the same grantee, and different for different ones. */
export const granteeKey = ({ principalId, condition }: Grantee): string =>
  condition ? `${principalId} if ${condition}` : principalId;
