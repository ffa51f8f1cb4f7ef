import { useCallback, useRef } from 'react';
import {
  columnMatcher,
  type DataProductTable,
  type DataProductColumn,
  type PolicyStage,
  type TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { VirtualTable } from '../../components';
import { useT } from '../../useT';
import { ColumnTableRow } from './ColumnTableRow';
import { narrowColumns, ROW_HEIGHT, wideColumns } from './columnTableLayout';
import { useRowKeys } from './useRowKeys';
import { useWhoAgrees } from './useWhoAgrees';

const useStyles = makeStyles(theme => ({
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    borderRadius: theme.shape.borderRadius,
  },
  head: {
    display: 'grid',
    gridTemplateColumns: wideColumns,
    alignItems: 'center',
    height: 32,
    '& > *': { padding: theme.spacing(0, 1) },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: narrowColumns,
      '& > [data-wide]': { display: 'none' },
    },
  },
  box: { padding: theme.spacing(0.5) },
}));

const nameOf = (column: DataProductColumn) => column.name;

/** What is known of the columns of a table, and what was ticked. */
export interface ColumnTableProps {
  table: DataProductTable;
  /** Those in sight. */
  columns: DataProductColumn[];
  search: string;
  /** The class that goes without saying. */
  usualClass?: string;
  neverShared: readonly string[];
  reads: (column: string) => boolean;
  agreeTo: (column: string) => readonly PolicyStage[] | undefined;
  ownTags: (column: string) => readonly TagStanding[];
  /** Undefined where nothing can be asked for. */
  ticked?: ReadonlySet<string>;
  onTick: (columns: string[], on: boolean) => void;
  /** The column that the link means. */
  goTo?: string;
}

/** The columns of a table, to read and to tick. */
export function ColumnTable(props: ColumnTableProps) {
  const { table, columns, search, usualClass, ticked, onTick } = props;
  const t = useT();
  const classes = useStyles();
  const whoAgrees = useWhoAgrees();
  const isNever = columnMatcher(props.neverShared);
  const canTick = ({ name }: DataProductColumn) =>
    ticked !== undefined && !isNever(table.name, name) && !props.reads(name);

  const { current, go, isByKey } = useRowKeys({
    columns,
    goTo: props.goTo,
    onToggle: column => {
      if (canTick(column)) onTick([column.name], !ticked?.has(column.name));
    },
  });

  const last = useRef<string>();
  const onToggle = (column: DataProductColumn, on: boolean, range: boolean) => {
    const from = columns.findIndex(one => one.name === last.current);
    const to = columns.indexOf(column);
    last.current = column.name;
    go(to);
    const between =
      range && from >= 0
        ? columns.slice(Math.min(from, to), Math.max(from, to) + 1)
        : [column];
    onTick(between.filter(canTick).map(nameOf), on);
  };
  const latest = useRef(onToggle);
  latest.current = onToggle;
  const toggle = useCallback<typeof onToggle>(
    (...args) => latest.current(...args),
    [],
  );

  const offered = columns.filter(canTick);
  const plain = offered.filter(({ pii }) => !pii);
  const isTicked = ({ name }: DataProductColumn) => ticked?.has(name) ?? false;
  const allTicked = offered.length > 0 && offered.every(isTicked);
  // Personal columns are never ticked by accident: a second click adds them.
  const next = plain.every(isTicked) ? offered : plain;
  const headLabel = () => {
    if (allTicked) return t('product.schema.untickAll');
    return next === offered && plain.length > 0 && plain.length < offered.length
      ? t('product.schema.tickPersonal')
      : t('product.schema.tickAll');
  };

  return (
    <VirtualTable
      label={t('product.schema.list', { table: table.name })}
      className={classes.frame}
      headClassName={classes.head}
      scrollsWithPage
      goTo={current}
      head={
        <>
          <span role="columnheader">
            {ticked && (
              <Checkbox
                className={classes.box}
                size="small"
                color="primary"
                disabled={offered.length === 0}
                checked={allTicked}
                indeterminate={!allTicked && offered.some(isTicked)}
                onChange={() =>
                  allTicked
                    ? onTick(offered.map(nameOf), false)
                    : onTick(next.map(nameOf), true)
                }
                inputProps={{ 'aria-label': headLabel(), title: headLabel() }}
              />
            )}
          </span>
          <span role="columnheader">{t('product.schema.column')}</span>
          <span role="columnheader" data-wide>
            {t('product.schema.type')}
          </span>
          <span role="columnheader">{t('product.schema.description')}</span>
          <span role="columnheader" data-wide>
            {t('product.schema.classification')}
          </span>
          <span role="columnheader">{t('product.schema.whoAgrees')}</span>
          <span role="columnheader" aria-label={t('product.schema.tags')} />
        </>
      }
      items={columns}
      keyOf={nameOf}
      usualHeight={ROW_HEIGHT}
    >
      {(column, index) => {
        const stages = props.agreeTo(column.name);
        const never = isNever(table.name, column.name);
        const reads = props.reads(column.name);
        return (
          <ColumnTableRow
            column={column}
            index={index}
            search={search}
            classIsUsual={(column.classification ?? usualClass) === usualClass}
            neverShared={never}
            reads={reads}
            agree={stages && whoAgrees(stages)}
            agreesMore={(stages?.length ?? 0) > 1}
            ownTags={props.ownTags(column.name)}
            ticked={canTick(column) ? isTicked(column) : undefined}
            withBox={ticked !== undefined}
            current={index === current}
            takesFocus={index === current && isByKey}
            onToggle={toggle}
          />
        );
      }}
    </VirtualTable>
  );
}
