import { useCallback, useRef, useState } from 'react';
import type {
  AccessRequest,
  NewRequest,
  NewRevision,
  Problem,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../api';
import { problemsOf, statusOf } from '../../components';
import { newIdempotencyKey } from '../../api/newIdempotencyKey';

/** Sending, and what came of it. */
export interface Sending {
  busy: boolean;
  error?: Error;
  /** The fields that the backend refused, until the form changes. */
  problems: Problem[];
  /** The request to change, where it changed meanwhile. */
  newer?: RequestDetail;
  send(request: NewRequest, comment?: string): Promise<void>;
}

/**
 * Sends a new request, or the change of one. The same content sent again, as
 * after a lost answer, carries the same key and makes nothing twice.
 */
export function useSendRequest(options: {
  revise?: RequestDetail;
  onSent: (made: AccessRequest[]) => void;
}): Sending {
  const { revise, onSent } = options;
  const api = useDataMesh();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ error: Error; content: string }>();
  const [newer, setNewer] = useState<RequestDetail>();
  const key = useRef<{ content: string; key: string }>();
  const current = newer ?? revise;

  const send = useCallback(
    async (request: NewRequest, comment?: string) => {
      const content = JSON.stringify(request);
      if (key.current?.content !== content) {
        key.current = { content, key: newIdempotencyKey() };
      }
      setBusy(true);
      setFailure(undefined);
      try {
        if (current) {
          const revision: NewRevision = {
            scope: request.scope,
            purpose: request.purpose,
            durationDays: request.durationDays,
            consumerRef: request.consumerRef,
            justification: request.justification,
            comment: comment?.trim() || undefined,
          };
          onSent([
            await api.reviseRequest(current.id, current.version, revision),
          ]);
        } else {
          const { items } = await api.createRequests(request, {
            idempotencyKey: key.current.key,
          });
          onSent(items);
        }
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (current && statusOf(error) === 409) {
          try {
            setNewer(await api.getRequest(current.id));
          } catch (second) {
            setFailure({ error: second as Error, content });
          }
        } else {
          setFailure({ error, content });
        }
      } finally {
        setBusy(false);
      }
    },
    [api, current, onSent],
  );

  return {
    busy,
    error: failure?.error,
    problems: problemsOf(failure?.error),
    newer,
    send,
  };
}
