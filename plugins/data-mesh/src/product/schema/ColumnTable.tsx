import type {
  DataProductColumn,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { VirtualTable } from '../../components';
import { useT } from '../../useT';
import { ColumnTableRow } from './ColumnTableRow';
import { gridTemplateColumns } from './columnTableLayout';

const useStyles = makeStyles(theme => ({
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    color: theme.palette.text.primary,
    borderRadius: theme.shape.borderRadius,
    maxHeight: 'max(360px, calc(100vh - 360px))',
  },
  table: { minWidth: 920 },
  head: {
    display: 'grid',
    gridTemplateColumns,
    '& > *': { padding: theme.spacing(1, 1.5) },
    '& > :first-child': {
      position: 'sticky',
      left: 0,
      background: theme.palette.background.paper,
    },
  },
}));

const nameOf = (column: DataProductColumn) => column.name;

/** The columns of a table. Header and names stay in view while scrolling. */
export function ColumnTable(props: {
  label: string;
  columns: DataProductColumn[];
  search: string;
  neverShared: (column: string) => boolean;
  lfTags: (column: string) => TagStanding[];
}) {
  const { label, columns, search, neverShared, lfTags } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <VirtualTable
      label={label}
      className={classes.frame}
      tableClassName={classes.table}
      headClassName={classes.head}
      head={
        <>
          <span role="columnheader">{t('product.schema.column')}</span>
          <span role="columnheader">{t('product.schema.type')}</span>
          <span role="columnheader">{t('product.schema.classification')}</span>
          <span role="columnheader">{t('product.schema.description')}</span>
          <span role="columnheader">{t('product.schema.tags')}</span>
        </>
      }
      items={columns}
      keyOf={nameOf}
      usualHeight={41}
    >
      {(column, index) => (
        <ColumnTableRow
          column={column}
          index={index}
          search={search}
          neverShared={neverShared(column.name)}
          lfTags={lfTags(column.name)}
        />
      )}
    </VirtualTable>
  );
}
