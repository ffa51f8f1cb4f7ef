import { randomUUID } from 'node:crypto';
import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import type { AccountAliases } from '../config/readAccountAliases';
import type { NameTrust } from '../names';
import type { Notices } from '../notices/Notices';
import type { SayDeps } from '../notices/say';
import type { Governance, People } from '../people';
import type { PlaceStore, PlacedProducts, Places } from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { SubmissionStore } from '../store/requests/SubmissionStore';
import { ClaimDecider } from './ClaimDecider';
import { ClaimMaker } from './ClaimMaker';
import { ClaimNotices } from './ClaimNotices';
import { ClaimReader } from './ClaimReader';
import { ClaimStore } from './ClaimStore';
import { claimTrust } from './claimTrust';
import { ClaimWriter } from './ClaimWriter';
import { PlaceContentsReader } from './PlaceContentsReader';
import type { PlaceImpact } from './PlaceImpact';
import { PlaceMover } from './PlaceMover';

/** What people do with claims and places. */
export interface Claims {
  reader: ClaimReader;
  maker: ClaimMaker;
  decider: ClaimDecider;
  mover: PlaceMover;
  /** Names that claims trust. */
  trust: NameTrust;
}

/** Puts the parts together. */
export function createClaims(
  options: SayDeps & {
    knex: Knex;
    logger: LoggerService;
    signals: SignalsService;
    notices: Notices;
    permissions: PermissionsService;
    audit: DatabaseAuditLog;
    people: People;
    governance: Governance;
    places: Places;
    placeStore: PlaceStore;
    placed: PlacedProducts;
    impact: PlaceImpact;
    provisioners: ProvisionerRegistry;
    aliases: AccountAliases;
    now: () => Date;
  },
): Claims {
  const deps = {
    ...options,
    newId: randomUUID,
    store: new ClaimStore(options.knex),
    submissions: new SubmissionStore(options.knex),
    notices: new ClaimNotices(options),
    contents: new PlaceContentsReader(options),
  };
  const reader = new ClaimReader(deps);
  const writer = new ClaimWriter(deps);
  const maker = new ClaimMaker({ ...deps, reader, writer });
  return {
    reader,
    maker,
    decider: new ClaimDecider({ ...deps, reader, writer }),
    mover: new PlaceMover({ ...deps, maker }),
    trust: claimTrust(deps.store),
  };
}
