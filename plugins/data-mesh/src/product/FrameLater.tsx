import { ReactNode, useEffect, useState } from 'react';

/**
 * Shows what is in it one frame later. React shows the header of an entity and
 * the content below it in one frame: seen in it already, the content would jump
 * down by the height of the header.
 */
export function FrameLater(props: { children: ReactNode }) {
  const [isLater, setIsLater] = useState(false);
  useEffect(() => {
    const frame = window.requestAnimationFrame(() => setIsLater(true));
    return () => window.cancelAnimationFrame(frame);
  }, []);
  return isLater ? <>{props.children}</> : null;
}
