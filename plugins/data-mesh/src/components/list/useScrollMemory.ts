import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';

/** Places to come back to; older ones are forgotten. */
const AT_MOST = 50;
const places = new Map<string, number>();

function remember(key: string, top: number) {
  places.delete(key);
  places.set(key, top);
  const [oldest] = places.keys();
  if (places.size > AT_MOST) places.delete(oldest);
}

/** What scrolls around an element. */
export function scrollParentOf(element: Element | null): Element {
  for (let at = element?.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}

/**
 * Remembers how far a page was scrolled, and goes there again when it is come
 * back to.
 *
 * @param isReady - whether the page is as long as it will be
 * @returns to be put on an element of the page
 */
export function useScrollMemory<T extends Element>(isReady: boolean) {
  const element = useRef<T>(null);
  const { key } = useLocation();
  const isBack = useNavigationType() === 'POP';
  const restored = useRef(false);

  useEffect(() => {
    if (!isReady || restored.current) return;
    restored.current = true;
    const top = isBack ? places.get(key) : undefined;
    if (top !== undefined) scrollParentOf(element.current).scrollTop = top;
  }, [isReady, isBack, key]);

  useEffect(() => {
    const page = scrollParentOf(element.current);
    // The document scrolls, the window tells it.
    const source = page === document.scrollingElement ? document : page;
    const onScroll = () => remember(key, page.scrollTop);
    source.addEventListener('scroll', onScroll, { passive: true });
    return () => source.removeEventListener('scroll', onScroll);
  }, [key]);

  return element;
}
