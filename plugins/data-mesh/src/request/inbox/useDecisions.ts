import { useRef, useState } from 'react';
import type {
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../api';

/** A decision that was made in this list. */
export interface MadeDecision {
  request: RequestDetail;
  decision: NewDecision;
  /** Whether the backend has answered. */
  isSaved: boolean;
  /** Until when it can be taken back, where it can. */
  undoUntil?: string;
}

/** A decision that could not be saved, and why. */
export interface FailedDecision {
  request: RequestDetail;
  decision: NewDecision;
  error: Error;
}

/**
 * Decides while the next request is shown already: what is decided leaves the
 * list at once, and comes back, with the reason, where it could not be saved.
 */
export function useDecisions(options: { onChange: () => void }) {
  const api = useDataMesh();
  // By id, the version that was decided: a later one is another decision.
  const [gone, setGone] = useState<ReadonlyMap<string, number>>(new Map());
  const [last, setLast] = useState<MadeDecision>();
  const [failed, setFailed] = useState<FailedDecision>();
  const latest = useRef(options);
  latest.current = options;

  const bringBack = (id: string) =>
    setGone(before => {
      const next = new Map(before);
      next.delete(id);
      return next;
    });

  const decide = async (request: RequestDetail, decision: NewDecision) => {
    const { id, version } = request;
    setGone(before => new Map(before).set(id, version));
    setLast({ request, decision, isSaved: false });
    setFailed(undefined);
    try {
      const saved = await api.decideRequest(id, version, {
        ...decision,
        undoable: true,
      });
      setLast(shown =>
        shown?.request.id === id
          ? {
              ...shown,
              isSaved: true,
              undoUntil: saved.deciding?.takesEffectAt,
            }
          : shown,
      );
    } catch (error) {
      bringBack(id);
      setLast(shown => (shown?.request.id === id ? undefined : shown));
      setFailed({ request, decision, error: error as Error });
    }
    latest.current.onChange();
  };

  const undo = async () => {
    if (!last?.undoUntil) return;
    const { request, decision } = last;
    setLast(undefined);
    try {
      await api.undoDecision(request.id);
      bringBack(request.id);
    } catch (error) {
      setFailed({ request, decision, error: error as Error });
    }
    latest.current.onChange();
  };

  return {
    decide,
    undo,
    last,
    failed,
    forget: () => setLast(undefined),
    isGone: ({ id, version }: { id: string; version: number }) =>
      (gone.get(id) ?? 0) >= version,
  };
}
