import type {
  ObservedGrant,
  OutputPort,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PortLook } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation, glueName } from '../lake/PortLocation';
import { resourceKey } from '../lake/keys';
import { readObservedResource } from '../lake/observed';
import { LakeResource, Tables, allTables, tablesIn } from '../lake/resource';
import { wantedGrants } from './wantedGrants';

/** The tables of a port, and all tables of its database. */
export function placesOf(port: OutputPort, location: PortLocation): Tables[] {
  const { catalogId, database } = location;
  return [
    ...port.tables.map(
      ({ name }): Tables => ({
        kind: 'table',
        catalogId,
        database,
        table: glueName(name),
      }),
    ),
    allTables(location),
  ];
}

/** Which grants a look at places lists, those related to them included. Pure. */
export function shownBy(
  places: readonly Tables[],
  { accountId }: PortLocation,
): Pick<PortLook, 'showsGrant' | 'showsStep'> {
  const keys = new Set(places.map(resourceKey));
  const isShown = (resource: LakeResource) => {
    // Those of the catalog as a whole are listed with each of its tables.
    if (resource.kind === 'tagPolicy') return resource.catalogId === accountId;
    const tables = tablesIn(resource);
    return tables !== undefined && keys.has(resourceKey(tables));
  };
  return {
    showsGrant: ({ resource }: ObservedGrant) =>
      isShown(readObservedResource(resource, accountId)),
    showsStep: (step: PlanStep) => {
      const wants = wantedGrants(step);
      return wants.length > 0 && wants.every(want => isShown(want.resource));
    },
  };
}
