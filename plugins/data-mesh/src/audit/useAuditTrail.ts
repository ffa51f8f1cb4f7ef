import type {
  AuditAbout,
  AuditEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad, usePages } from '../api';
import { auditQuery, AuditUrl } from './auditUrl';

const PAGE = 50;
const POLL_MS = 1_000;

/** An entry of the trail, and what it is about. */
export interface AuditEntry {
  event: AuditEvent;
  about?: AuditAbout;
}

/** The entries that the filters find, page by page, newest first. */
export function useAuditEntries(url: AuditUrl) {
  const api = useDataMesh();
  const query = auditQuery(url);
  return usePages(`audit ${JSON.stringify(query)}`, async cursor => {
    const page = await api.listAuditEvents({ ...query, limit: PAGE, cursor });
    const about = new Map(page.about.map(one => [one.sequence, one]));
    return {
      ...page,
      items: page.items.map(
        (event): AuditEntry => ({ event, about: about.get(event.sequence) }),
      ),
    };
  });
}

/** How many entries the filters find, of each kind. */
export function useAuditCounts(url: AuditUrl) {
  const api = useDataMesh();
  const query = auditQuery(url);
  return useLoad(`audit counts ${JSON.stringify(query)}`, () =>
    api.countAuditEvents(query),
  );
}

/** How long the trail is and what vouches for it; looked at while it is checked. */
export function useAuditState() {
  const api = useDataMesh();
  return useLoad('audit state', () => api.getAuditState(), {
    pollWhile: ({ check }) => check?.state === 'running',
    pollMs: POLL_MS,
  });
}
