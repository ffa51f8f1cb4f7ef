import { useEffect, useRef, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { STATE_FILTERS, StateFilter } from './requestsUrl';
import { useSlashFocus } from './useSlashFocus';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  text: { width: 280, maxWidth: '100%' },
  state: { minWidth: 170 },
}));

/** Words and state to filter by. Typing waits a moment before it asks. */
export function RequestFilters(props: {
  text: string;
  state?: StateFilter;
  /** False where only open requests are listed anyway. */
  withState: boolean;
  onText: (text: string) => void;
  onState: (state?: StateFilter) => void;
  delayMs?: number;
}) {
  const { text, state, withState, onText, onState, delayMs = 300 } = props;
  const t = useT();
  const classes = useStyles();
  const input = useRef<HTMLInputElement>(null);
  useSlashFocus(input);
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onText(typed), delayMs);
    return () => clearTimeout(timer);
    // Only typing starts the wait, not a new function.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, text, delayMs]);

  return (
    <div className={classes.root}>
      <TextField
        className={classes.text}
        size="small"
        variant="outlined"
        placeholder={t('requests.list.filter')}
        title={t('requests.list.filterHint')}
        value={typed}
        inputRef={input}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') onText(typed);
          if (event.key === 'Escape') onText('');
        }}
        inputProps={{
          'aria-label': t('requests.list.filter'),
          type: 'search',
          maxLength: 200,
          'aria-keyshortcuts': '/',
        }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" aria-hidden />
            </InputAdornment>
          ),
          endAdornment: typed && (
            <InputAdornment position="end">
              <IconButton
                size="small"
                aria-label={t('requests.list.clearFilter')}
                onClick={() => onText('')}
              >
                <ClearIcon fontSize="small" />
              </IconButton>
            </InputAdornment>
          ),
        }}
      />
      {withState && (
        <TextField
          id="data-mesh-request-state"
          className={classes.state}
          select
          size="small"
          variant="outlined"
          label={t('requests.list.state')}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          value={state ?? ''}
          onChange={event =>
            onState(STATE_FILTERS.find(one => one === event.target.value))
          }
        >
          <MenuItem value="">{t('requests.list.anyState')}</MenuItem>
          {STATE_FILTERS.map(one => (
            <MenuItem key={one} value={one}>
              {one === 'open' ? t('requests.list.open') : t(`state.${one}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
    </div>
  );
}
