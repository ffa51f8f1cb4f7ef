import { FormEvent, ReactNode, useState } from 'react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { ErrorState, PlainDialog } from '.';
import { ReasonField } from './ReasonField';
import { useT } from '../useT';

const TITLE_ID = 'data-mesh-reason-dialog';

/** Asks for the reason of something that is then done. */
export function ReasonDialog(props: {
  title: string;
  words: string;
  /** What it says where it fails. */
  what: string;
  /** The permission that this needs, where the backend does not name it. */
  permission?: string;
  /** Of the field, where it is not just "Reason". */
  label?: string;
  /** Beside the words, what it is about. */
  children?: ReactNode;
  help?: string;
  needsReason?: string;
  submit: string;
  error?: Error;
  busy: boolean;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}) {
  const { title, words, what, help, needsReason, error, busy } = props;
  const t = useT();
  const [reason, setReason] = useState('');
  const lacking = !reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lacking && !busy) props.onSubmit(reason.trim());
  };
  return (
    <PlainDialog open titleId={TITLE_ID} onClose={props.onClose}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>{title}</DialogTitle>
        <DialogContent>
          {error && (
            <ErrorState
              error={error}
              what={what}
              title={what}
              permission={props.permission}
            />
          )}
          <DialogContentText variant="body2">{words}</DialogContentText>
          {props.children}
          <ReasonField
            id="data-mesh-reason-text"
            label={props.label ?? t('access.end.whyRevoke')}
            helperText={help}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ 'data-autofocus': true }}
            required
            variant="outlined"
            fullWidth
            rows={3}
          />
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary" role="status">
            {lacking && needsReason}
          </Typography>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={lacking || busy}
          >
            {props.submit}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
