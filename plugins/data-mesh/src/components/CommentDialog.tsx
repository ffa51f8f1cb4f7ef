import { FormEvent, ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useT } from '../useT';
import { PlainDialog } from './PlainDialog';
import { ReasonField } from './ReasonField';

const TITLE_ID = 'data-mesh-comment-dialog';

/**
 * Asks for the words that go with a decision. What is typed lives outside, so
 * that closing the dialog, or a conflict, loses nothing.
 */
export function CommentDialog(props: {
  open: boolean;
  title: string;
  help: string;
  submit: string;
  required: boolean;
  comment: string;
  busy: boolean;
  /** Notices above the field. */
  children?: ReactNode;
  onComment: (comment: string) => void;
  onClose: () => void;
  onSubmit: () => void;
}) {
  const { open, comment, required, busy, onSubmit, onClose } = props;
  const t = useT();
  const lacking = required && !comment.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog in a portal still bubbles to a form around its opener.
    event.stopPropagation();
    if (!lacking && !busy) onSubmit();
  };
  return (
    <PlainDialog open={open} onClose={onClose} titleId={TITLE_ID}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>{props.title}</DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">{props.help}</DialogContentText>
          {props.children}
          <ReasonField
            id="data-mesh-decision-comment"
            fullWidth
            rows={4}
            variant="outlined"
            label={
              required
                ? t('requests.decide.commentLabel')
                : t('requests.decide.commentOptional')
            }
            value={comment}
            required={required}
            inputProps={{ 'data-autofocus': true }}
            onChange={event => props.onComment(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary">
            {lacking && t('requests.decide.commentNeeded')}
          </Typography>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
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
