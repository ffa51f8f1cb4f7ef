import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    // On narrow screens the aside comes below; the buttons stay in view.
    [theme.breakpoints.down('sm')]: {
      position: 'sticky',
      bottom: 0,
      zIndex: theme.zIndex.appBar - 1,
      padding: theme.spacing(1, 2),
      margin: theme.spacing(0, -2),
      background: theme.palette.background.paper,
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  },
  why: { flex: '1 1 220px', textAlign: 'right' },
}));

/** Cancel and send; a blocked send says why. */
export function SendBar(props: {
  label: string;
  why?: ReactNode;
  blocked: boolean;
  busy: boolean;
  onCancel: () => void;
}) {
  const { label, why, blocked, busy, onCancel } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography
        id="data-mesh-why-not-send"
        className={classes.why}
        variant="body2"
        color="textSecondary"
        role="status"
      >
        {why}
      </Typography>
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
      </Button>
    </div>
  );
}
