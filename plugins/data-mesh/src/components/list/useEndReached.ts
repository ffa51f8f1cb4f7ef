import { useEffect, useRef } from 'react';
import { scrollParentOf } from './useScrollMemory';

/** So far before its end a list goes on, in pixels. */
const AHEAD = 800;

/**
 * Tells when the end of a list comes near, once for each time that it waits.
 *
 * @param isWaiting - whether the list can go on, and is not about to
 * @returns to be put on an element at the end
 */
export function useEndReached<T extends Element>(
  isWaiting: boolean,
  onEnd: () => void,
) {
  const end = useRef<T>(null);
  useEffect(() => {
    if (!isWaiting || !end.current || !window.IntersectionObserver) {
      return undefined;
    }
    const page = scrollParentOf(end.current);
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting)) onEnd();
      },
      {
        root: page === document.scrollingElement ? null : page,
        rootMargin: `${AHEAD}px`,
      },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isWaiting, onEnd]);
  return end;
}
