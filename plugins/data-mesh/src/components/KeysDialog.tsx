import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { PlainDialog } from './PlainDialog';

const TITLE_ID = 'data-mesh-keys-dialog';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: '96px minmax(0, 1fr)',
    gap: theme.spacing(1),
    margin: 0,
  },
  what: { margin: 0 },
}));

/** All keys of a page, and what each does. */
export function KeysDialog(props: {
  keys: ReadonlyArray<readonly [key: string, what: string]>;
  onClose: () => void;
}) {
  const t = useT();
  const classes = useStyles();
  return (
    <PlainDialog open onClose={props.onClose} titleId={TITLE_ID}>
      <DialogTitle id={TITLE_ID}>{t('common.keys')}</DialogTitle>
      <DialogContent>
        <dl className={classes.list}>
          {props.keys.map(([key, what]) => [
            <dt key={key}>
              <kbd>{key}</kbd>
            </dt>,
            <dd key={`${key} does`} className={classes.what}>
              {what}
            </dd>,
          ])}
        </dl>
      </DialogContent>
      <DialogActions>
        <Button color="primary" variant="contained" onClick={props.onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </PlainDialog>
  );
}
