import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';

function isPartOf(port: OutputPort, other: OutputPort): boolean {
  const tables = new Set(other.tables.map(table => table.name));
  return (
    port.type === other.type &&
    locationKey(port) === locationKey(other) &&
    port.tables.every(table => tables.has(table.name))
  );
}

function locationKey({ location }: OutputPort): string {
  return JSON.stringify(
    Object.entries(location).sort(([a], [b]) => a.localeCompare(b)),
  );
}

/**
 * The ports of a product, and those that entitlements were given for and that
 * are no longer among them: what was granted there is still granted.
 */
export function portsToList(
  declared: readonly OutputPort[],
  given: readonly OutputPort[],
): OutputPort[] {
  const ports = [...declared];
  for (const port of given) {
    if (!ports.some(other => isPartOf(port, other))) ports.push(port);
  }
  return ports;
}
