import { ReactNode, useCallback, useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { makeStyles } from '@material-ui/core/styles';

/**
 * Below this many rows the browser needs no help. Less than a page of a list,
 * so that a second page does not change how the first one is laid out.
 */
export const VIRTUAL_FROM = 60;

const useStyles = makeStyles(theme => ({
  frame: { overflow: 'auto', fontFamily: theme.typography.fontFamily },
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
 * A table in a frame of its own, of which only the rows in view are drawn. The
 * header stays. Whoever uses it brings the columns, as a grid that the header
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
  /** One row. It is drawn again while scrolling: it should be a memo. */
  children: (item: T, index: number) => ReactNode;
}) {
  const { label, items, keyOf, usualHeight, children } = props;
  const classes = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = items.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: virtual,
    getScrollElement: () => frame.current,
    estimateSize: () => usualHeight,
    getItemKey: useCallback(
      (index: number) => keyOf(items[index]),
      [items, keyOf],
    ),
    overscan: 12,
    initialRect: { width: 900, height: 600 },
  });
  return (
    <div
      className={`${classes.frame} ${props.className}`}
      ref={frame}
      // Without it the keyboard could not scroll.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
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
                style={{ transform: `translateY(${start}px)` }}
              >
                {children(items[index], index)}
              </div>
            ))}
          </div>
        ) : (
          <div role="rowgroup">
            {items.map((item, index) => (
              <div key={keyOf(item)} role="presentation">
                {children(item, index)}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
