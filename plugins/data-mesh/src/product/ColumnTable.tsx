import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { ColumnTableRow } from './ColumnTableRow';
import { gridTemplateColumns } from './columnTableLayout';

/** Below this many rows the browser needs no help. */
const VIRTUAL_FROM = 150;

const useStyles = makeStyles(theme => ({
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    overflow: 'auto',
    fontFamily: theme.typography.fontFamily,
    maxHeight: 'max(360px, calc(100vh - 360px))',
  },
  table: { minWidth: 820 },
  head: {
    display: 'grid',
    gridTemplateColumns,
    position: 'sticky',
    top: 0,
    zIndex: 2,
    background: theme.palette.background.paper,
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 700,
    '& > *': { padding: theme.spacing(1, 1.5) },
    '& > :first-child': {
      position: 'sticky',
      left: 0,
      background: theme.palette.background.paper,
    },
  },
  body: { position: 'relative' },
  virtual: { position: 'absolute', top: 0, left: 0, width: '100%' },
}));

/**
 * The columns of a table. Header and names stay in view while scrolling; of
 * many columns only those in view are drawn.
 */
export function ColumnTable(props: {
  label: string;
  columns: DataProductColumn[];
  search: string;
  neverShared: (column: string) => boolean;
}) {
  const { label, columns, search, neverShared } = props;
  const t = useT();
  const classes = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = columns.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: columns.length,
    enabled: virtual,
    getScrollElement: () => frame.current,
    estimateSize: () => 41,
    getItemKey: index => columns[index].name,
    overscan: 12,
    initialRect: { width: 900, height: 600 },
  });

  return (
    <Paper elevation={0} className={classes.frame} ref={frame} tabIndex={0}>
      <div
        role="table"
        className={classes.table}
        aria-label={label}
        aria-rowcount={columns.length + 1}
      >
        <div role="rowgroup">
          <div role="row" className={classes.head} aria-rowindex={1}>
            <span role="columnheader">{t('product.schema.column')}</span>
            <span role="columnheader">{t('product.schema.type')}</span>
            <span role="columnheader">
              {t('product.schema.classification')}
            </span>
            <span role="columnheader">{t('product.schema.description')}</span>
            <span role="columnheader">{t('product.schema.tags')}</span>
          </div>
        </div>
        {virtual ? (
          <div
            role="rowgroup"
            className={classes.body}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(item => (
              <div
                key={item.key}
                role="presentation"
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={classes.virtual}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ColumnTableRow
                  column={columns[item.index]}
                  index={item.index}
                  search={search}
                  neverShared={neverShared(columns[item.index].name)}
                />
              </div>
            ))}
          </div>
        ) : (
          <div role="rowgroup">
            {columns.map((column, index) => (
              <ColumnTableRow
                key={column.name}
                column={column}
                index={index}
                search={search}
                neverShared={neverShared(column.name)}
              />
            ))}
          </div>
        )}
      </div>
    </Paper>
  );
}
