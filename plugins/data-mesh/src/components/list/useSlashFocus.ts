import { RefObject } from 'react';
import { useKeys } from '../useKeys';

/** The key `/` leads to a search box, except while something is typed. */
export function useSlashFocus(input: RefObject<HTMLInputElement>): void {
  useKeys({ '/': () => input.current?.focus() });
}
