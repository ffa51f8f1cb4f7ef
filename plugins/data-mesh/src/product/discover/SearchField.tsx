import { KeyboardEvent, useRef } from 'react';
import IconButton from '@material-ui/core/IconButton';
import InputBase from '@material-ui/core/InputBase';
import Paper from '@material-ui/core/Paper';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import type { ProductSearchQuery } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useKeys } from '../../components';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 1.5),
    border: `1px solid ${theme.palette.divider}`,
    '&:focus-within': { borderColor: theme.palette.primary.main },
  },
  input: { flex: 1, minWidth: 0, minHeight: 40 },
  side: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'nowrap',
  },
  select: {
    font: 'inherit',
    color: theme.palette.text.primary,
    background: theme.palette.background.paper,
    border: 0,
    minHeight: 32,
    cursor: 'pointer',
  },
  small: { padding: theme.spacing(0.75) },
}));

type ProductSort = NonNullable<ProductSearchQuery['sort']>;

/** The search box; `/` goes to it from anywhere on the page. */
export function SearchField(props: {
  text: string;
  onText: (text: string) => void;
  sort: ProductSort;
  onSort: (sort: ProductSort) => void;
  /** Number of results; absent while it is not known. */
  results?: number;
  /** Arrow down leaves the box for the list. */
  onLeave: () => void;
}) {
  const { text, onText, sort, onSort, results, onLeave } = props;
  const t = useT();
  const classes = useStyles();
  const input = useRef<HTMLInputElement>(null);

  useKeys({
    '/': () => {
      input.current?.focus();
      input.current?.select();
    },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    } else if (event.key === 'Escape' && text) {
      onText('');
    }
  };

  return (
    <Paper elevation={0} className={classes.root} role="search">
      <SearchIcon aria-hidden fontSize="small" color="action" />
      <InputBase
        className={classes.input}
        inputRef={input}
        type="text"
        value={text}
        placeholder={t('discover.placeholder')}
        inputProps={{
          'aria-label': t('discover.search'),
          'aria-keyshortcuts': '/',
          autoComplete: 'off',
          spellCheck: false,
        }}
        onChange={event => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text && (
        <IconButton
          className={classes.small}
          aria-label={t('discover.clear')}
          onClick={() => {
            onText('');
            input.current?.focus();
          }}
        >
          <ClearIcon fontSize="small" />
        </IconButton>
      )}
      <span className={classes.side}>
        {results !== undefined && (
          <span role="status">
            {t('discover.results', { count: results })} ·
          </span>
        )}
        <select
          className={classes.select}
          aria-label={t('discover.sort')}
          value={sort}
          onChange={event => onSort(event.target.value as ProductSort)}
        >
          <option value="relevance">
            {text ? t('discover.sortRelevance') : t('discover.sortSuggested')}
          </option>
          <option value="used">{t('discover.sortUsed')}</option>
          <option value="name">{t('discover.sortName')}</option>
        </select>
      </span>
    </Paper>
  );
}
