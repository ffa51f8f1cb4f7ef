import type {
  AccessRequest,
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What came of one request of a bulk decision. */
export interface BulkResult {
  id: string;
  error?: Error;
}

/**
 * Decides one request after the other, each in the version that was shown.
 * One that fails stops none of the others.
 */
export async function bulkDecide(
  requests: readonly AccessRequest[],
  decision: NewDecision,
  decide: (
    id: string,
    version: number,
    decision: NewDecision,
  ) => Promise<RequestDetail>,
  onResult: (result: BulkResult) => void,
): Promise<void> {
  for (const { id, version } of requests) {
    try {
      await decide(id, version, decision);
      onResult({ id });
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      onResult({ id, error });
    }
  }
}
