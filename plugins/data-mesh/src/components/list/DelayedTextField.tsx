import { RefObject, useEffect, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import ClearIcon from '@material-ui/icons/Clear';
import SearchIcon from '@material-ui/icons/Search';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({ root: { width: 280, maxWidth: '100%' } });

/** A filter that waits a moment after typing before it asks. */
export function DelayedTextField(props: {
  label: string;
  clearLabel: string;
  text: string;
  onText: (text: string) => void;
  /** What is looked through, on hover. */
  hint?: string;
  /** Where `/` leads; announced to screen readers. */
  inputRef?: RefObject<HTMLInputElement>;
  delayMs?: number;
}) {
  const { label, clearLabel, text, onText, hint, inputRef } = props;
  const { delayMs = 300 } = props;
  const classes = useStyles();
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
    <TextField
      className={classes.root}
      size="small"
      variant="outlined"
      placeholder={label}
      title={hint}
      inputRef={inputRef}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') onText(typed);
        if (event.key === 'Escape') onText('');
      }}
      inputProps={{
        'aria-label': label,
        type: 'search',
        maxLength: 200,
        ...(inputRef && { 'aria-keyshortcuts': '/' }),
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
              aria-label={clearLabel}
              onClick={() => onText('')}
            >
              <ClearIcon fontSize="small" />
            </IconButton>
          </InputAdornment>
        ),
      }}
    />
  );
}
