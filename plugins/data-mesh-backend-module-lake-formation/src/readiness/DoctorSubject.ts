/** An account and region, and what it is to the mesh. */
export interface DoctorSubject {
  accountId: string;
  region: string;
  /** Databases of ports; none in accounts that only consume. */
  databases: Map<string, { catalogId: string; database: string }>;
  /** Principals of other accounts are granted access to its catalog. */
  sharesOut: boolean;
  /** Its principals are granted access to catalogs of other accounts. */
  consumes: boolean;
}
