import { FormEvent, ReactNode, useId } from 'react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import {
  ErrorState,
  PlainDialog,
  useDangerButtonStyles,
} from '../../components';
import { useT } from '../../useT';
import { Previewed } from './usePreviewed';

/**
 * The frame of what is done after a look at it: what would happen, a button to
 * let it happen, and then what did.
 */
export function PreviewDialog(props: {
  title: string;
  words: string;
  maxWidth?: 'sm' | 'md';
  previewed: Previewed<unknown>;
  /** What it says where it could not be done. */
  failed: string;
  permission: string;
  /** Why it cannot be done yet, or what came of it. */
  status?: ReactNode;
  submit: string;
  /** Whether it takes something away. */
  danger?: boolean;
  blocked: boolean;
  onClose: (changed: boolean) => void;
  children: ReactNode;
}) {
  const { title, words, previewed, permission, blocked } = props;
  const { preview, result, error, busy } = previewed;
  const t = useT();
  const { danger } = useDangerButtonStyles();
  const titleId = useId();
  const done = result !== undefined;
  const close = () => {
    if (!busy) props.onClose(done);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked) void previewed.submit();
  };
  return (
    <PlainDialog
      open
      titleId={titleId}
      maxWidth={props.maxWidth}
      onClose={close}
    >
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">{words}</DialogContentText>
          {error && (
            <ErrorState
              error={error}
              what={t('grants.resolve.previewWhat')}
              title={props.failed}
              permission={permission}
            />
          )}
          {preview.error && !error && (
            <ErrorState
              error={preview.error}
              what={t('grants.resolve.previewWhat')}
              permission={permission}
              onRetry={() => void preview.reload()}
            />
          )}
          {props.children}
        </DialogContent>
        <DialogActions>
          <Typography variant="body2" color="textSecondary" role="status">
            {props.status}
          </Typography>
          {done ? (
            <Button color="primary" variant="contained" onClick={close}>
              {t('grants.resolve.close')}
            </Button>
          ) : (
            <>
              <Button onClick={close} disabled={busy}>
                {t('common.cancel')}
              </Button>
              <Button
                type="submit"
                color="primary"
                variant="contained"
                className={
                  props.danger && !busy && !blocked ? danger : undefined
                }
                disabled={busy || blocked}
              >
                {props.submit}
              </Button>
            </>
          )}
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
