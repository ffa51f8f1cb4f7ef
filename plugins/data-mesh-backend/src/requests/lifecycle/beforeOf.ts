import type { RequestRecord } from '../../store/requests/RequestRecord';

/** What a request said, for its revisions. */
export function beforeOf(record: RequestRecord) {
  return {
    scope: record.scope,
    purpose: record.purpose,
    durationDays: record.durationDays,
    ...(record.justification && { justification: record.justification }),
    ...(record.consumerRef && { consumerRef: record.consumerRef }),
  };
}
