import { useDeferredValue, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import InputAdornment from '@material-ui/core/InputAdornment';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import { EmptyState } from '../../components';
import { effectiveTags } from '../../tag/standingRows';
import { useTagsSeen } from '../../tag/useTagsSeen';
import { useT } from '../../useT';
import {
  choosePort,
  chooseTable,
  filterColumns,
  isNeverShared,
} from './columnRows';
import { ColumnTable } from './ColumnTable';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1.5),
  },
  choice: { minWidth: 180, maxWidth: '100%' },
  search: { flex: '1 1 220px', maxWidth: 420 },
  count: { color: theme.palette.text.secondary, marginLeft: 'auto' },
  words: { marginBottom: theme.spacing(1.5), maxWidth: '90ch' },
  paper: { border: `1px solid ${theme.palette.divider}` },
}));

/** The columns of a data product, port by port and table by table. */
export function DataProductSchemaContent() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const [params, setParams] = useSearchParams();
  const ports = entity.spec.outputPorts ?? [];
  const port = choosePort(ports, params.get('port'));
  const table = chooseTable(port, params.get('table'));
  // Only what was seen anyway: they are an addition here.
  const tags = useTagsSeen(entity).value;
  const tagged = tags?.tables.find(
    one =>
      one.port === port?.name &&
      one.table === table?.name.toLocaleLowerCase('en-US'),
  );
  const text = params.get('q') ?? '';
  const search = useDeferredValue(text);
  const columns = useMemo(
    () => filterColumns(table?.columns ?? [], search),
    [table, search],
  );

  const change = (values: Record<string, string>, replace = false) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace },
    );

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

  const total = table.columns.length;
  let content = (
    <ColumnTable
      label={t('product.schema.list', { table: table.name })}
      columns={columns}
      search={search}
      neverShared={column => isNeverShared(entity, table.name, column)}
      lfTags={column => effectiveTags(tagged, column)}
    />
  );
  if (!columns.length) {
    content = (
      <Paper elevation={0} className={classes.paper}>
        <EmptyState
          title={
            total ? t('product.schema.nothing') : t('product.schema.noColumns')
          }
          description={
            total
              ? t('product.schema.nothingWords')
              : t('product.schema.noColumnsWords')
          }
        />
      </Paper>
    );
  }

  return (
    <>
      <div className={classes.bar}>
        <TextField
          select
          id="data-mesh-schema-port"
          className={classes.choice}
          size="small"
          variant="outlined"
          label={t('product.schema.port')}
          value={port.name}
          onChange={event => change({ port: event.target.value, table: '' })}
        >
          {ports.map(one => (
            <MenuItem key={one.name} value={one.name}>
              {one.title ?? one.name}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          id="data-mesh-schema-table"
          className={classes.choice}
          size="small"
          variant="outlined"
          label={t('product.schema.table')}
          value={table.name}
          onChange={event =>
            change({ port: port.name, table: event.target.value })
          }
        >
          {port.tables.map(one => (
            <MenuItem key={one.name} value={one.name}>
              {one.name}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          className={classes.search}
          size="small"
          variant="outlined"
          placeholder={t('product.schema.search')}
          value={text}
          onChange={event => change({ q: event.target.value }, true)}
          inputProps={{ 'aria-label': t('product.schema.search') }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          }}
        />
        <Typography
          variant="body2"
          className={classes.count}
          role="status"
          component="span"
        >
          {columns.length === total
            ? t('product.schema.count', { count: total })
            : t('product.schema.countOf', {
                shown: String(columns.length),
                total: String(total),
              })}
        </Typography>
      </div>
      {(table.description ?? port.description) && (
        <Typography variant="body2" className={classes.words}>
          {table.description ?? port.description}
        </Typography>
      )}
      {content}
    </>
  );
}
