import { ConflictError } from '@backstage/errors';
import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  Provisioner,
  ProvisionersExtensionPoint,
} from '@lakemesh/backstage-plugin-data-mesh-node';

/** The provisioners that modules have added, by the port type they serve. */
export class ProvisionerRegistry implements ProvisionersExtensionPoint {
  readonly #byPortType = new Map<string, Provisioner>();

  addProvisioner(provisioner: Provisioner): void {
    const { portType } = provisioner;
    if (this.#byPortType.has(portType)) {
      throw new ConflictError(
        `Two provisioners serve ports of type '${portType}'; install only one`,
      );
    }
    this.#byPortType.set(portType, provisioner);
  }

  find(portType: string): Provisioner | undefined {
    return this.#byPortType.get(portType);
  }

  list(): Provisioner[] {
    return [...this.#byPortType.values()];
  }

  /** Reads a principal by the first provisioner that knows its kind. */
  readPrincipal(id: string): Principal | undefined {
    for (const provisioner of this.#byPortType.values()) {
      const principal = provisioner.readPrincipal(id);
      if (principal) return principal;
    }
    return undefined;
  }
}
