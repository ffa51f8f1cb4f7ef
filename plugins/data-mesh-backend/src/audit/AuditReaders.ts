import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { auditReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import { requirePermission } from '../permissions';

/**
 * Who may read the audit trail: those who have the permission and, besides,
 * govern the mesh or are its auditors. So an instance that allows everything
 * shows the trail to nobody else.
 */
export class AuditReaders {
  readonly #permissions: PermissionsService;
  readonly #governance: Pick<Governance, 'seesAll'>;

  constructor(options: {
    permissions: PermissionsService;
    governance: Pick<Governance, 'seesAll'>;
  }) {
    this.#permissions = options.permissions;
    this.#governance = options.governance;
  }

  /** @throws NotAllowedError naming the permission or the config keys */
  async require(caller: Caller): Promise<void> {
    await requirePermission(this.#permissions, auditReadPermission, caller);
    if (!this.#governance.seesAll(caller)) {
      throw new NotAllowedError(
        `The audit trail is for auditors and data governance: neither dataMesh.auditors nor dataMesh.governance names ${caller.userRef} or a group of theirs`,
      );
    }
  }
}
