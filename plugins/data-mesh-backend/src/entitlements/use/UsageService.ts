import type { Knex } from 'knex';
import {
  isInForce,
  type Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import { accessInForce } from './accessInForce';
import type { CredentialService } from './CredentialService';
import type { EntitlementGuard } from '../guard/EntitlementGuard';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import { stayingSteps } from '../../store/steps/steps';

/** Tells how an access is used. */
export class UsageService {
  readonly #knex: Knex;
  readonly #guard: EntitlementGuard;
  readonly #provisioners: ProvisionerRegistry;
  readonly #credentials: Pick<CredentialService, 'vendable'>;

  constructor(options: {
    knex: Knex;
    guard: EntitlementGuard;
    provisioners: ProvisionerRegistry;
    credentials: Pick<CredentialService, 'vendable'>;
  }) {
    this.#knex = options.knex;
    this.#guard = options.guard;
    this.#provisioners = options.provisioners;
    this.#credentials = options.credentials;
  }

  /**
   * Snippets of what is in force; none of what is not.
   *
   * @throws NotFoundError, NotAllowedError
   */
  async of(caller: Caller, id: string): Promise<Usage> {
    const row = await this.#guard.readable(caller, id);
    const steps = await stayingSteps(this.#knex, id);
    const guide = this.#provisioners.find(row.port_type)?.usage;
    const snippets =
      guide && isInForce(progressOf(row))
        ? guide.snippets(accessInForce(row, steps))
        : [];
    const vendable = this.#credentials.vendable(row, steps);
    if ('reason' in vendable) {
      return {
        snippets,
        credentials: { available: false, reason: vendable.reason },
      };
    }
    const actions = await this.#guard.actionsOf(caller, row);
    return {
      snippets,
      credentials: actions.includes('vend')
        ? { available: true, tables: vendable.tables }
        : {
            available: false,
            reason:
              'Credentials are given to who may act as its principal and has the permission data-mesh.credentials.vend',
          },
    };
  }
}
