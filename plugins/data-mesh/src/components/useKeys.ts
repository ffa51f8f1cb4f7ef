import { useEffect, useRef } from 'react';

/** Whether what is typed goes into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !==
        null)
  );
}

/**
 * Letters as keys of a page: they work outside of fields, menus and dialogs,
 * and without a modifier. A key without a function is left alone.
 *
 * @param keys - what to do, by the key as the browser calls it, in lower case
 */
export function useKeys(keys: {
  readonly [key: string]: (() => void) | false | undefined;
}): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target)) return;
      // A dialog has the word, wherever the focus is.
      if (document.querySelector('[role="dialog"]')) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = Object.hasOwn(latest.current, key) && latest.current[key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
