import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { FormDraft, FormEvent, isWorthSaving, reduceDraft } from './formDraft';
import { DraftStorage, forgetDraft, readDraft, writeDraft } from './savedDraft';

/** The form's content, kept in the browser until it is sent. */
export interface KeptDraft {
  draft: FormDraft;
  dispatch(event: FormEvent): void;
  /** When it was last put away; undefined while there is nothing to keep. */
  savedAt?: string;
  /** True where the content comes from an earlier visit. */
  restored: boolean;
  /** True where the browser refused to keep it. */
  notKept: boolean;
  /** Empties the form and forgets what was kept. */
  startOver(): void;
  /** Forgets what was kept, because it was sent. */
  forget(): void;
}

const SAVE_AFTER_MS = 400;

/** Holds the form's content and saves it while it is typed. */
export function useFormDraft(options: {
  storageKey: string;
  start: FormDraft;
  /** Adapts a draft of an earlier visit to the world of today. */
  adapt: (draft: FormDraft) => FormDraft;
  storage?: DraftStorage;
}): KeptDraft {
  const { storageKey, start, adapt, storage = window.localStorage } = options;
  const [saved] = useState(() => readDraft(storage, storageKey));
  const [draft, dispatch] = useReducer(reduceDraft, undefined, () =>
    saved ? adapt(saved.draft) : start,
  );
  const [savedAt, setSavedAt] = useState(saved?.savedAt);
  const [restored, setRestored] = useState(Boolean(saved));
  const [notKept, setNotKept] = useState(false);
  const written = useRef(draft);
  const over = useRef(false);

  useEffect(() => {
    if (over.current || draft === written.current) return undefined;
    const save = () => {
      written.current = draft;
      if (!isWorthSaving(draft, start)) return;
      const now = new Date().toISOString();
      const kept = writeDraft(storage, storageKey, { savedAt: now, draft });
      setNotKept(!kept);
      if (kept) setSavedAt(now);
    };
    const timer = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, start, storage, storageKey]);

  const forget = useCallback(() => {
    over.current = true;
    forgetDraft(storage, storageKey);
  }, [storage, storageKey]);

  const startOver = useCallback(() => {
    forgetDraft(storage, storageKey);
    setSavedAt(undefined);
    setRestored(false);
    written.current = start;
    dispatch({ type: 'replace', draft: start });
  }, [storage, storageKey, start]);

  return { draft, dispatch, savedAt, restored, notKept, startOver, forget };
}
