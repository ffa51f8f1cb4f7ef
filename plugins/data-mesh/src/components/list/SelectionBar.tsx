import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    position: 'sticky',
    top: 0,
    zIndex: 2,
    background: theme.palette.background.paper,
  },
  words: { flex: 1 },
}));

/** How many rows of a list are selected, and what can be done with them. */
export function SelectionBar(props: {
  label: string;
  words: ReactNode;
  children: ReactNode;
}) {
  const { label, words, children } = props;
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label={label}>
      <Typography variant="body2" className={classes.words}>
        {words}
      </Typography>
      {children}
    </div>
  );
}
