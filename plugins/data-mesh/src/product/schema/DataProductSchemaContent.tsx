import { useCallback, useDeferredValue, useMemo } from 'react';
import type {
  DataProductEntity,
  DataProductTable,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useProductOverview } from '../../api';
import { EmptyState } from '../../components';
import { usePortPolicy } from '../../request/form/price/usePortPolicy';
import { countPicked } from '../../scope/columnsInUrl';
import { useT } from '../../useT';
import { canBeAskedFor } from '../ports/portStates';
import { AskBar } from './AskBar';
import { chooseView, filterColumns, isNeverShared } from './columnRows';
import { ColumnTable } from './ColumnTable';
import { readsColumn } from './portAccess';
import { SchemaToolbar } from './SchemaToolbar';
import { TableWords } from './TableWords';
import { useColumnSelection } from './useColumnSelection';
import { useColumnTags } from './useColumnTags';
import { SchemaView, useSchemaView } from './useSchemaView';

const useStyles = makeStyles(theme => ({
  paper: { border: `1px solid ${theme.palette.divider}` },
}));

const NONE: string[] = [];

/** The columns of a data product, to read, to search, and to ask for. */
export function DataProductSchemaContent() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const view = useSchemaView();
  const ports = entity.spec.outputPorts ?? [];
  const search = useDeferredValue(view.text);
  const { port, table, elsewhere } = chooseView(ports, { ...view, search });
  if (!port || !table) {
    return (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={t('product.schema.noColumns')}
          description={t('product.ports.noneWords')}
        />
      </Paper>
    );
  }
  return (
    <Known
      entity={entity}
      view={view}
      search={search}
      port={port}
      table={table}
      elsewhere={elsewhere}
    />
  );
}

function Known(props: {
  entity: DataProductEntity;
  view: SchemaView;
  search: string;
  port: OutputPort;
  table: DataProductTable;
  elsewhere: ReturnType<typeof chooseView>['elsewhere'];
}) {
  const { entity, view, search, port, table } = props;
  const t = useT();
  const classes = useStyles();
  const productRef = stringifyEntityRef(entity);
  const neverShared = entity.spec.access?.neverShared ?? NONE;
  const overviews = useProductOverview(productRef).value?.ports;
  const overview = overviews?.find(one => one.port === port.name);
  const canAsk = canBeAskedFor(entity, overview);
  const { agreeTo } = usePortPolicy(
    productRef,
    canAsk ? port : undefined,
    neverShared,
  );
  const { inherited, ownTags } = useColumnTags(
    productRef,
    port.name,
    table.name,
  );

  const canTick = useCallback(
    (ofPort: string, ofTable: string, column: string) => {
      const one = overviews?.find(({ port: name }) => name === ofPort);
      return canBeAskedFor(entity, one) && !readsColumn(one, ofTable, column);
    },
    [entity, overviews],
  );
  const { picked, put, clear } = useColumnSelection(entity, canTick);
  const ticked = useMemo(
    () => new Set(picked[port.name]?.[table.name]),
    [picked, port.name, table.name],
  );
  const reads = (column: string) => readsColumn(overview, table.name, column);

  const { only } = view;
  const mine = table.columns.filter(({ name }) => reads(name));
  const personal = table.columns.filter(({ pii }) => pii);
  const narrowed =
    (only === 'mine' && mine) || (only === 'personal' && personal) || undefined;
  const columns = useMemo(
    () => filterColumns(narrowed ?? table.columns, search),
    // The filters are made anew each time, and say what they are by name.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [table, search, only, mine.length],
  );
  const total = table.columns.length;
  const shownPort =
    countPicked(picked, port.name) > 0
      ? port
      : entity.spec.outputPorts.find(({ name }) => countPicked(picked, name));

  return (
    <>
      <SchemaToolbar
        view={view}
        ports={entity.spec.outputPorts}
        port={port}
        table={table}
        elsewhere={props.elsewhere}
        personal={personal.length}
        mine={mine.length}
      />
      <TableWords
        description={table.description ?? port.description}
        tags={inherited}
        shown={columns.length}
        total={total}
      />
      {columns.length > 0 ? (
        <ColumnTable
          key={`${port.name} ${table.name}`}
          table={table}
          columns={columns}
          search={search}
          usualClass={entity.spec.classification}
          neverShared={neverShared}
          reads={reads}
          agreeTo={column =>
            isNeverShared(entity, table.name, column)
              ? undefined
              : agreeTo(table.name, column)
          }
          ownTags={ownTags}
          ticked={canAsk ? ticked : undefined}
          onTick={(names, on) => put(port.name, table.name, names, on)}
          goTo={view.column}
        />
      ) : (
        <Paper elevation={0} className={classes.paper}>
          <EmptyState
            title={
              total
                ? t('product.schema.nothing')
                : t('product.schema.noColumns')
            }
            description={
              total
                ? t('product.schema.nothingWords')
                : t('product.schema.noColumnsWords')
            }
            action={
              total > 0 && (
                <Button
                  variant="outlined"
                  onClick={() => view.change({ q: undefined, only: undefined })}
                >
                  {t('product.schema.showAll')}
                </Button>
              )
            }
          />
        </Paper>
      )}
      {shownPort && (
        <AskBar
          product={entity}
          port={shownPort}
          overview={overviews?.find(one => one.port === shownPort.name)}
          picked={picked}
          onClear={clear}
          onShow={name => view.show({ port: name })}
        />
      )}
    </>
  );
}
