import type { UsageGuide } from '@lakemesh/backstage-plugin-data-mesh-node';
import { DefaultRegion, readPortLocation } from '../lake/PortLocation';
import { ENGINES } from './engineSnippets';
import { queriedTables } from './queriedTables';

/** How to query what was granted, in the words of each engine. */
export function lakeFormationUsage(regionOf: DefaultRegion): UsageGuide {
  return {
    snippets: access => {
      const location = readPortLocation(access.port, regionOf);
      const { tables, notes } = queriedTables(access, location);
      if (tables.length === 0) return [];
      return ENGINES.map(draw => {
        const { notes: own, ...snippet } = draw(access, tables);
        const note = [...own, ...notes].join(' ');
        return note ? { ...snippet, note } : snippet;
      });
    },
  };
}
