import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  RequestDraft,
  RequestPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../../api';

/** What is known of what would happen. */
export interface Preview {
  /** The last answer; it stays while a newer one is on its way. */
  value?: RequestPreview;
  /** The draft that the last answer is about. */
  about?: RequestDraft;
  /** Whether the last answer is about the draft as it is now. */
  current: boolean;
  loading: boolean;
  error?: Error;
  retry(): void;
}

/**
 * Asks the backend what would happen, a moment after the draft stopped
 * changing. Questions that are out of date are aborted.
 */
export function usePreview(
  draft: RequestDraft | undefined,
  delayMs = 300,
): Preview {
  const api = useDataMesh();
  const [answer, setAnswer] = useState<{
    key: string;
    value?: RequestPreview;
    about?: RequestDraft;
    error?: Error;
  }>();
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(0);
  const key = draft && JSON.stringify(draft);

  useEffect(() => {
    if (key === undefined) return undefined;
    const about = JSON.parse(key) as RequestDraft;
    const abort = new AbortController();
    // The first question needs no pause.
    const pause = asked.current === 0 ? 0 : delayMs;
    const timer = setTimeout(async () => {
      asked.current += 1;
      try {
        const value = await api.previewRequest(about, {
          signal: abort.signal,
        });
        if (!abort.signal.aborted) setAnswer({ key, value, about });
      } catch (cause) {
        if (abort.signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setAnswer(last => ({ ...last, key, error }));
      }
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, key, delayMs, attempt]);

  const retry = useCallback(() => {
    setAnswer(last => last && { ...last, key: '', error: undefined });
    setAttempt(count => count + 1);
  }, []);

  const answered = key !== undefined && answer?.key === key;
  return {
    value: answer?.value,
    about: answer?.about,
    current: answered && !answer?.error,
    loading: key !== undefined && !answered,
    error: answered ? answer?.error : undefined,
    retry,
  };
}
