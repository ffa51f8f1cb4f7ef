import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

/** The channel on which the backend says that something changed. */
export const SIGNAL_CHANNEL = 'data-mesh';

/** What {@link useLoad} knows. */
export interface Loaded<T> {
  /** The last value; it stays while a new one is on its way. */
  value?: T;
  /** Why the last attempt failed. Gone as soon as one succeeds. */
  error?: Error;
  /** True until there is a first value or error. */
  loading: boolean;
  /** True while a load is on its way, also the later ones. */
  reloading: boolean;
  /** Loads again now; resolves when that is through. */
  reload(): Promise<void>;
  /** Puts a value in place, such as the answer of a write. */
  set(value: T): void;
}

interface State<T> {
  key?: string;
  value?: T;
  error?: Error;
  running: number;
}

type Event<T> =
  | { type: 'start'; key: string }
  | { type: 'value'; key: string; value: T }
  | { type: 'error'; key: string; error: Error }
  | { type: 'end'; key: string };

function reduce<T>(state: State<T>, event: Event<T>): State<T> {
  if (event.type === 'start') {
    return state.key === event.key
      ? { ...state, running: state.running + 1 }
      : { key: event.key, running: 1 };
  }
  // The answer to a question nobody asks any more.
  if (event.key !== state.key) return state;
  switch (event.type) {
    case 'value':
      return { ...state, value: event.value, error: undefined };
    case 'error':
      return { ...state, error: event.error };
    default:
      return { ...state, running: Math.max(0, state.running - 1) };
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

/**
 * Loads a value and keeps it fresh: when the key changes, when the backend
 * signals a change, when the window gets the focus, and by polling while
 * `pollWhile` says that something is under way. An undefined key loads
 * nothing.
 */
export function useLoad<T>(
  key: string | undefined,
  fn: () => Promise<T>,
  options: {
    /** True while the value will change by itself soon. */
    pollWhile?: (value: T) => boolean;
    pollMs?: number;
    /** False for values that the backend's signals say nothing about. */
    live?: boolean;
  } = {},
): Loaded<T> {
  const { pollWhile, pollMs = 2_000, live = true } = options;
  const [state, dispatch] = useReducer(reduce<T>, { running: 0 });
  const { lastSignal } = useSignal(SIGNAL_CHANNEL);

  // Which load was started last, and which of them was answered last.
  const latest = useRef({ fn, key, order: 0, answered: 0 });
  latest.current.fn = fn;
  latest.current.key = key;

  const reload = useCallback(async () => {
    const { key: asked, fn: load } = latest.current;
    if (asked === undefined) return;
    latest.current.order += 1;
    const order = latest.current.order;
    // A slower, older answer never replaces a newer one. One that is merely being
    // waited for is none: where answers take longer than the signals between
    // them, there would never be any.
    const isNews = () => {
      if (order < latest.current.answered) return false;
      latest.current.answered = order;
      return true;
    };
    dispatch({ type: 'start', key: asked });
    try {
      const value = await load();
      if (isNews()) dispatch({ type: 'value', key: asked, value });
    } catch (cause) {
      if (isNews()) {
        dispatch({ type: 'error', key: asked, error: asError(cause) });
      }
    } finally {
      dispatch({ type: 'end', key: asked });
    }
  }, []);

  const set = useCallback((value: T) => {
    const { key: asked } = latest.current;
    if (asked === undefined) return;
    latest.current.order += 1;
    latest.current.answered = latest.current.order;
    dispatch({ type: 'value', key: asked, value });
  }, []);

  useEffect(() => {
    void reload();
  }, [key, reload]);

  useEffect(() => {
    if (live && lastSignal) void reload();
  }, [live, lastSignal, reload]);

  useEffect(() => {
    if (!live) return undefined;
    const onFocus = () => void reload();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [live, reload]);

  const current = state.key === key ? state : { running: 0 };
  const { value, error } = current as State<T>;
  const polling = Boolean(value !== undefined && pollWhile && pollWhile(value));
  useEffect(() => {
    if (!polling) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') void reload();
    }, pollMs);
    return () => clearInterval(timer);
  }, [polling, pollMs, reload]);

  return {
    value,
    error,
    loading: key !== undefined && value === undefined && !error,
    reloading: current.running > 0,
    reload,
    set,
  };
}
