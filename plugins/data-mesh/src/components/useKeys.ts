import { useEffect, useRef } from 'react';

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'reset']);
const LAYERS = '[role="dialog"], [role="menu"], [role="listbox"]';

function isField(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
  );
}

/** Whether what is typed goes into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (isField(target) || target.closest(LAYERS) !== null)
  );
}

/** The key as it is called here; Command counts as Ctrl. */
function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

/**
 * Letters as keys of a page: they work outside of fields, menus and dialogs;
 * those with Ctrl, like `Ctrl+Enter`, in fields too. A key without a function
 * is left alone.
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
      if (event.altKey || event.defaultPrevented) return;
      const key = nameOf(event);
      if (!key.startsWith('Ctrl+') && isTyping(event.target)) return;
      // A dialog has the word, wherever the focus is.
      if (document.querySelector('[role="dialog"]')) return;
      const run = Object.hasOwn(latest.current, key) && latest.current[key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
