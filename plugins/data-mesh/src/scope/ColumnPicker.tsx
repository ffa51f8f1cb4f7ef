import { useMemo, useRef, useState } from 'react';
import {
  type DataProductColumn,
  type DataProductTable,
  columnMatcher,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useVirtualizer } from '@tanstack/react-virtual';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { COLUMN_ROW_HEIGHT, ColumnRow } from './ColumnRow';

/** Above this many columns only the visible rows are in the page. */
export const VIRTUAL_FROM = 100;

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  search: { flex: '1 1 200px', maxWidth: 320 },
  count: { flex: '1 1 auto', color: theme.palette.text.secondary },
  list: {
    borderTop: `1px solid ${theme.palette.divider}`,
    maxHeight: COLUMN_ROW_HEIGHT * 9.5,
    overflowY: 'auto',
  },
  none: { padding: theme.spacing(2), color: theme.palette.text.secondary },
}));

/** The columns whose name, type or description contains all words. */
export function findColumns(
  columns: readonly DataProductColumn[],
  text: string,
): DataProductColumn[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return columns.filter(({ name, type, description = '' }) => {
    const all = `${name} ${type} ${description}`.toLocaleLowerCase();
    return words.every(word => all.includes(word));
  });
}

/** Picks columns of one table; thousands of them stay smooth. */
export function ColumnPicker(props: {
  table: DataProductTable;
  picked: string[];
  neverShared: readonly string[];
  /** Who has to decide because of a column. */
  addsOf: (column: string) => string[];
  onChange: (picked: string[]) => void;
}) {
  const { table, picked, neverShared, addsOf, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const chosen = useMemo(() => new Set(picked), [picked]);
  const found = useMemo(
    () => findColumns(table.columns, text),
    [table.columns, text],
  );
  const isNever = useMemo(() => {
    const isNamed = columnMatcher(neverShared);
    return (column: string) => isNamed(table.name, column);
  }, [neverShared, table.name]);
  const selectable = found.filter(({ name }) => !isNever(name));

  const put = (names: string[], on: boolean) => {
    const next = new Set(picked);
    names.forEach(name => (on ? next.add(name) : next.delete(name)));
    // In the order of the schema, so that the same choice is the same request.
    onChange(
      table.columns.map(({ name }) => name).filter(name => next.has(name)),
    );
  };

  const virtual = found.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: virtual ? found.length : 0,
    getScrollElement: () => list.current,
    estimateSize: () => COLUMN_ROW_HEIGHT,
    overscan: 8,
  });

  const row = (column: DataProductColumn) => (
    <ColumnRow
      key={column.name}
      column={column}
      picked={chosen.has(column.name)}
      refusal={
        isNever(column.name)
          ? t('requestForm.what.neverSharedReason')
          : undefined
      }
      adds={addsOf(column.name)}
      onToggle={on => put([column.name], on)}
    />
  );

  return (
    <div>
      <div className={classes.bar}>
        <TextField
          className={classes.search}
          size="small"
          variant="outlined"
          placeholder={t('requestForm.what.search')}
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            // Enter in a search box must not send the form.
            if (event.key === 'Enter') event.preventDefault();
            if (event.key === 'Escape') setText('');
          }}
          inputProps={{ 'aria-label': t('requestForm.what.search') }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" aria-hidden />
              </InputAdornment>
            ),
            endAdornment: text && (
              <InputAdornment position="end">
                <IconButton
                  size="small"
                  aria-label={t('requestForm.what.clearSearch')}
                  onClick={() => setText('')}
                >
                  <ClearIcon fontSize="small" />
                </IconButton>
              </InputAdornment>
            ),
          }}
        />
        <Typography variant="body2" className={classes.count} role="status">
          {t('requestForm.what.count', {
            chosen: String(picked.length),
            total: String(table.columns.length),
          })}
        </Typography>
        <Button
          size="small"
          disabled={selectable.every(({ name }) => chosen.has(name))}
          onClick={() =>
            put(
              selectable.map(({ name }) => name),
              true,
            )
          }
        >
          {text
            ? t('requestForm.what.selectFound', {
                count: selectable.length,
              })
            : t('requestForm.what.selectAll')}
        </Button>
        <Button
          size="small"
          disabled={picked.length === 0}
          onClick={() => onChange([])}
        >
          {t('requestForm.what.selectNone')}
        </Button>
      </div>
      <div
        ref={list}
        className={classes.list}
        role="group"
        aria-label={t('requestForm.what.columns', { table: table.name })}
      >
        {found.length === 0 && (
          <div className={classes.none}>
            {t('requestForm.what.noneFound', { text })}
          </div>
        )}
        {!virtual && found.map(row)}
        {virtual && (
          <div style={{ height: virtualizer.getTotalSize() }}>
            <div
              style={{
                transform: `translateY(${
                  virtualizer.getVirtualItems()[0]?.start ?? 0
                }px)`,
              }}
            >
              {virtualizer
                .getVirtualItems()
                .map(item => row(found[item.index]))}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
