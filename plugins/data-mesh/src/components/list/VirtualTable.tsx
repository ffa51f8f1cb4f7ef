import {
  ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { makeStyles } from '@material-ui/core/styles';
import { scrollParentOf } from './useScrollMemory';

/**
 * Below this many rows the browser needs no help. Less than a page of a list,
 * so that a second page does not change how the first one is laid out.
 */
export const VIRTUAL_FROM = 60;

/** Room for a header above, and a bar below, in pixels. */
const STICKING = 80;

const useStyles = makeStyles(theme => ({
  frame: { overflow: 'auto', fontFamily: theme.typography.fontFamily },
  open: { fontFamily: theme.typography.fontFamily },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    background: theme.palette.background.paper,
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 700,
  },
  body: { position: 'relative' },
  virtual: { position: 'absolute', top: 0, left: 0, width: '100%' },
}));

/**
 * A table of which only the rows in view are drawn: in a frame of its own, or
 * as long as it is and scrolled with the page. The header stays. Whoever uses it brings the columns, as a grid that the header
 * and each row have; a row has the role `row` and an `aria-rowindex` of its
 * index plus 2.
 */
export function VirtualTable<T>(props: {
  label: string;
  /** Of the frame: how high it may get. */
  className: string;
  /** Of the table in it. */
  tableClassName?: string;
  head: ReactNode;
  headClassName: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Of a row, in pixels, until it is drawn and measured. */
  usualHeight: number;
  /** Whether the page scrolls, not a frame. */
  scrollsWithPage?: boolean;
  /** The row to bring into sight; again whenever it is another. */
  goTo?: number;
  /** One row. It is drawn again while scrolling: it should be a memo. */
  children: (item: T, index: number) => ReactNode;
}) {
  const { label, items, keyOf, usualHeight, children } = props;
  const { scrollsWithPage = false, goTo } = props;
  const classes = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const virtual = items.length > VIRTUAL_FROM;
  // How far down the page the rows begin.
  const [begin, setBegin] = useState(0);
  const scroller = () =>
    scrollsWithPage ? scrollParentOf(frame.current) : frame.current;
  useLayoutEffect(() => {
    const page = scrollsWithPage && scrollParentOf(frame.current);
    if (!page || !body.current) return;
    setBegin(
      Math.round(
        body.current.getBoundingClientRect().top -
          page.getBoundingClientRect().top +
          page.scrollTop,
      ),
    );
  }, [scrollsWithPage, virtual]);
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: virtual,
    getScrollElement: scroller,
    scrollMargin: begin,
    // What sticks above and below must not hide the row that is gone to.
    scrollPaddingStart: STICKING,
    scrollPaddingEnd: STICKING,
    estimateSize: () => usualHeight,
    getItemKey: useCallback(
      (index: number) => keyOf(items[index]),
      [items, keyOf],
    ),
    overscan: 12,
    initialRect: { width: 900, height: 600 },
  });
  useEffect(() => {
    if (goTo === undefined || goTo < 0) return;
    if (virtual) virtualizer.scrollToIndex(goTo, { align: 'auto' });
    else {
      body.current?.children.item(goTo)?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [goTo, virtual, virtualizer]);
  return (
    <div
      className={`${scrollsWithPage ? classes.open : classes.frame} ${
        props.className
      }`}
      ref={frame}
      // Without it the keyboard could not scroll a frame.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={scrollsWithPage ? undefined : 0}
    >
      <div
        role="table"
        className={props.tableClassName}
        aria-label={label}
        aria-rowcount={items.length + 1}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" className={props.headClassName} aria-rowindex={1}>
            {props.head}
          </div>
        </div>
        {virtual ? (
          <div
            role="rowgroup"
            ref={body}
            className={classes.body}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ key, index, start }) => (
              <div
                key={key}
                role="presentation"
                ref={virtualizer.measureElement}
                data-index={index}
                className={classes.virtual}
                style={{ transform: `translateY(${start - begin}px)` }}
              >
                {children(items[index], index)}
              </div>
            ))}
          </div>
        ) : (
          <div role="rowgroup" ref={body}>
            {items.map((item, index) => (
              <div
                key={keyOf(item)}
                role="presentation"
                style={{ scrollMargin: STICKING }}
              >
                {children(item, index)}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
