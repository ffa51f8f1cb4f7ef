import { useState } from 'react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';

const NONE: string[] = [];

/**
 * Several texts, chosen or typed. What is typed counts with Enter, with a
 * comma, and when the field is left.
 */
export function ManyTexts(props: {
  id: string;
  className?: string;
  label: string;
  helperText?: string;
  error?: boolean;
  values: string[];
  options?: string[];
  onChange: (values: string[]) => void;
}) {
  const { id, className, label, helperText, error, values, onChange } = props;
  const [typed, setTyped] = useState('');
  const put = (next: string[]) =>
    onChange([...new Set(next.map(one => one.trim()))].filter(Boolean));
  return (
    <Autocomplete
      id={id}
      className={className}
      multiple
      freeSolo
      size="small"
      options={props.options ?? NONE}
      value={values}
      inputValue={typed}
      filterSelectedOptions
      onChange={(_, next) => put(next)}
      onInputChange={(_, text, reason) => {
        if (reason === 'input' && text.endsWith(',')) {
          setTyped('');
          put([...values, text.slice(0, -1)]);
        } else {
          setTyped(text);
        }
      }}
      renderInput={params => (
        <TextField
          {...params}
          variant="outlined"
          label={label}
          helperText={helperText}
          error={error}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          onBlur={() => {
            if (typed.trim()) put([...values, typed]);
            setTyped('');
          }}
        />
      )}
    />
  );
}
