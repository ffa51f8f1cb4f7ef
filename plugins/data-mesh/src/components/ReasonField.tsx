import { useEffect, useRef } from 'react';
import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import { useT } from '../useT';

/** As many characters as the backend takes. */
const AT_MOST = 4_000;

/** From here on it is said how many are left. */
const NEAR = AT_MOST - 400;

/**
 * A field for a reason or a comment. Too much is said, and stays to be
 * shortened: a browser would cut what is pasted without a word. Its form is not
 * sent as long as it is too long.
 */
export function ReasonField(props: TextFieldProps & { value: string }) {
  const { value, helperText } = props;
  const t = useT();
  const input = useRef<HTMLTextAreaElement>(null);
  const excess = value.length - AT_MOST;
  const tooLong = excess > 0 ? t('common.tooLong', { count: excess }) : '';
  useEffect(() => {
    input.current?.setCustomValidity(tooLong);
  }, [tooLong]);
  const left =
    value.length > NEAR ? t('common.left', { count: -excess }) : helperText;
  return (
    <TextField
      {...props}
      multiline
      inputRef={input}
      error={props.error || excess > 0}
      helperText={tooLong || left}
    />
  );
}
