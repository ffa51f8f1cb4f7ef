import type {
  ObservedGrant,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';

/** What a look at a port lists. */
export async function grantsAt(
  { scanner }: Pick<Provisioner, 'scanner'>,
  port: OutputPort,
): Promise<ObservedGrant[]> {
  const scanned = await scanner?.look(port).read();
  return (scanned ?? []).map(({ grant }) => grant);
}
