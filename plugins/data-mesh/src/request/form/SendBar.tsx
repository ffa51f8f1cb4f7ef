import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { KeyHint } from '../../components/KeyHint';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'sticky',
    bottom: 0,
    zIndex: 3,
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    padding: theme.spacing(1, 2),
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    boxShadow: theme.shadows[3],
    fontSize: theme.typography.body2.fontSize,
  },
  draft: {
    flex: '1 1 120px',
    color: theme.palette.text.secondary,
  },
  words: { textAlign: 'right', flex: '0 1 auto' },
  why: { color: theme.palette.text.secondary },
}));

/** What it takes in a sentence, cancel and send; what is missing is said. */
export function SendBar(props: {
  label: string;
  draft?: ReactNode;
  price?: ReactNode;
  why?: ReactNode;
  /** Where nothing that is entered would help. */
  blocked: boolean;
  busy: boolean;
  onCancel: () => void;
}) {
  const { label, draft, price, why, blocked, busy, onCancel } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <span className={classes.draft}>{draft}</span>
      <span className={classes.words}>
        {price}
        <span id="data-mesh-why-not-send" className={classes.why} role="status">
          {price && why ? <> · {why}</> : why}
        </span>
      </span>
      <Button variant="outlined" onClick={onCancel}>
        {t('requestForm.send.cancel')}
      </Button>
      <Button
        type="submit"
        variant="contained"
        color="primary"
        disabled={blocked || busy}
        aria-describedby="data-mesh-why-not-send"
        startIcon={busy && <CircularProgress size={16} color="inherit" />}
      >
        {busy ? t('requestForm.send.sending') : label}
        {!busy && <KeyHint of="Ctrl ↵" />}
      </Button>
    </div>
  );
}
