import { FormEvent, useState } from 'react';
import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../api';
import { ErrorState, ReasonField } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1) },
  send: { marginTop: theme.spacing(1) },
}));

/** Adds a comment to a request. A failed one stays in the box. */
export function CommentBox(props: {
  request: RequestDetail;
  onChange: (request: RequestDetail) => void;
}) {
  const { request, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim() || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      onChange(await api.commentRequest(request.id, text.trim()));
      setText('');
    } catch (cause) {
      setError(cause as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.root} onSubmit={submit}>
      {error && (
        <ErrorState
          error={error}
          what={t('requests.oneWhat')}
          title={t('requests.comment.failed')}
        />
      )}
      <ReasonField
        id="data-mesh-comment"
        fullWidth
        rows={2}
        size="small"
        variant="outlined"
        label={t('requests.comment.label')}
        helperText={t('requests.comment.hint')}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <Button
        className={classes.send}
        type="submit"
        size="small"
        variant="outlined"
        disabled={!text.trim() || busy}
      >
        {t('requests.comment.send')}
      </Button>
    </form>
  );
}
