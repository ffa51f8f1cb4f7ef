import { useRef } from 'react';
import type {
  DataProductTable,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import { useSlashFocus } from '../../components/list/useSlashFocus';
import { useT } from '../../useT';
import type { TableHits } from './columnRows';
import type { SchemaView } from './useSchemaView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
    '& button': { textTransform: 'none' },
    // Fields of 36 px, as high as a row.
    '& input, & [role="button"]': {
      paddingTop: theme.spacing(1),
      paddingBottom: theme.spacing(1),
      height: 20,
      lineHeight: '20px',
      minHeight: 0,
      fontSize: theme.typography.body2.fontSize,
    },
  },
  choice: { maxWidth: 260 },
  search: {
    flex: '1 1 200px',
    [theme.breakpoints.down('sm')]: { order: 1, flexBasis: '100%' },
  },
  hint: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 3,
    padding: theme.spacing(0, 0.75),
    fontSize: theme.typography.pxToRem(12),
    '@media (max-width: 900px)': { display: 'none' },
  },
  filter: { borderRadius: 18, height: 36, whiteSpace: 'nowrap' },
  quiet: { color: theme.palette.text.secondary },
  also: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    marginBottom: theme.spacing(0.5),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
    '& button': { textTransform: 'none' },
  },
}));

const atMost = 5;

/** Chooses port and table, searches all of them, and narrows the rows. */
export function SchemaToolbar(props: {
  view: SchemaView;
  ports: OutputPort[];
  port: OutputPort;
  table: DataProductTable;
  /** Further tables in which the search finds something. */
  elsewhere: TableHits[];
  personal: number;
  mine: number;
}) {
  const { view, ports, port, table, elsewhere, personal, mine } = props;
  const t = useT();
  const classes = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useSlashFocus(input);
  const all = ports.reduce(
    (sum, { tables }) =>
      sum + tables.reduce((more, { columns }) => more + columns.length, 0),
    0,
  );
  const filter = (only: 'personal' | 'mine', number: number) =>
    (number > 0 || view.only === only) && (
      <Button
        size="small"
        variant="outlined"
        color={view.only === only ? 'primary' : 'default'}
        className={classes.filter}
        aria-pressed={view.only === only}
        onClick={() =>
          view.change({ only: view.only === only ? undefined : only })
        }
      >
        {t(`product.schema.${only}`, { number: String(number) })}
      </Button>
    );
  return (
    <>
      <div className={classes.root}>
        <TextField
          select
          id="data-mesh-schema-port"
          className={classes.choice}
          size="small"
          variant="outlined"
          value={port.name}
          SelectProps={{
            // With what is shown, so that it can be said as it is read.
            SelectDisplayProps: {
              'aria-label': `${t('product.schema.port')}: ${
                port.title ?? port.name
              }`,
            },
          }}
          onChange={event => view.show({ port: event.target.value })}
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
          value={table.name}
          SelectProps={{
            SelectDisplayProps: {
              'aria-label': `${t('product.schema.table')}: ${table.name} ${
                table.columns.length
              }`,
            },
          }}
          onChange={event =>
            view.show({ port: port.name, table: event.target.value })
          }
        >
          {port.tables.map(one => (
            <MenuItem key={one.name} value={one.name}>
              <span>
                {one.name}{' '}
                <span className={classes.quiet}>{one.columns.length}</span>
              </span>
            </MenuItem>
          ))}
        </TextField>
        <TextField
          className={classes.search}
          size="small"
          variant="outlined"
          inputRef={input}
          placeholder={t('product.schema.search', { count: all })}
          value={view.text}
          onChange={event =>
            view.change({ q: event.target.value || undefined })
          }
          onKeyDown={event => {
            if (event.key !== 'Escape') return;
            if (view.text) view.change({ q: undefined });
            else input.current?.blur();
          }}
          inputProps={{
            'aria-label': t('product.schema.search', { count: all }),
          }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
            endAdornment: !view.text && (
              <InputAdornment position="end">
                <kbd className={classes.hint}>/</kbd>
              </InputAdornment>
            ),
          }}
        />
        {filter('personal', personal)}
        {filter('mine', mine)}
      </div>
      {elsewhere.length > 0 && (
        <div className={classes.also} role="status">
          {t('product.schema.alsoIn')}
          {elsewhere.slice(0, atMost).map(hit => (
            <Button
              key={`${hit.port.name} ${hit.table.name}`}
              size="small"
              color="primary"
              onClick={() =>
                view.show({ port: hit.port.name, table: hit.table.name })
              }
            >
              {hit.port === port
                ? t('product.schema.hits', {
                    table: hit.table.name,
                    number: String(hit.found),
                  })
                : t('product.schema.hitsIn', {
                    table: hit.table.name,
                    port: hit.port.title ?? hit.port.name,
                    number: String(hit.found),
                  })}
            </Button>
          ))}
          {elsewhere.length > atMost &&
            t('scope.more', { count: elsewhere.length - atMost })}
        </div>
      )}
    </>
  );
}
