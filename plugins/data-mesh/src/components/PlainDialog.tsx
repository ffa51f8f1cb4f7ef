import { ReactNode } from 'react';
import Dialog from '@material-ui/core/Dialog';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  paper: {
    '& button': { textTransform: 'none' },
    // What scrolls is the content: the buttons stay in sight.
    '& form': { display: 'flex', flexDirection: 'column', minHeight: 0 },
    '& form > div:last-child > button': { flexShrink: 0 },
    // The bar of buttons, as far from the edge as what stands above it.
    '& form > div:last-child': { padding: theme.spacing(1, 3, 2) },
  },
}));

/**
 * A dialog whose buttons read like sentences. A field marked `data-autofocus`
 * gets the focus once it is open.
 */
export function PlainDialog(props: {
  open: boolean;
  titleId: string;
  maxWidth?: 'sm' | 'md';
  onClose: () => void;
  children: ReactNode;
}) {
  const { open, titleId, maxWidth = 'sm', onClose, children } = props;
  const classes = useStyles();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      aria-labelledby={titleId}
      maxWidth={maxWidth}
      fullWidth
      classes={{ paper: classes.paper }}
      TransitionProps={{
        onEntered: node =>
          node.querySelector<HTMLElement>('[data-autofocus]')?.focus(),
      }}
    >
      {children}
    </Dialog>
  );
}
