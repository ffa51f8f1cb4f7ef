import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Governance, People } from '../people';
import type { PlaceStore, PlacedProducts, Places } from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { SubmissionStore } from '../store/requests/SubmissionStore';
import type { ClaimNotices } from './ClaimNotices';
import type { ClaimStore } from './ClaimStore';
import type { PlaceImpactDeps } from './placeImpact';

/** What everything about claims and places that move works with. */
export interface ClaimDeps {
  knex: Knex;
  store: ClaimStore;
  submissions: SubmissionStore;
  places: Places;
  placeStore: PlaceStore;
  placed: PlacedProducts;
  impact: PlaceImpactDeps;
  people: People;
  governance: Governance;
  permissions: PermissionsService;
  provisioners: ProvisionerRegistry;
  aliases: AccountAliases;
  audit: DatabaseAuditLog;
  notices: ClaimNotices;
  now: () => Date;
  newId: () => string;
}
