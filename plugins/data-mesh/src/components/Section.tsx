import { Children, ReactNode, useId } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    minWidth: 0,
    fontFamily: theme.typography.fontFamily,
    // Not by Material UI's class names: the legacy system prefixes them.
    '& button, & a[role="button"]': { textTransform: 'none' },
    '& label > span:last-child': {
      fontSize: theme.typography.body2.fontSize,
    },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(1),
    minHeight: 32,
  },
  words: { color: theme.palette.text.secondary },
  actions: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  paper: {
    border: `1px solid ${theme.palette.divider}`,
    overflowX: 'auto',
    // One frame is enough.
    '& > [role="alert"]': { border: 0 },
  },
}));

/** A part of an entity page: what it shows, in a frame. */
export function Section(props: {
  title: string;
  words?: string;
  actions?: ReactNode;
  notice?: ReactNode;
  children: ReactNode;
}) {
  const { title, words, actions, notice, children } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <section className={classes.root} aria-labelledby={id}>
      <div className={classes.head}>
        <Typography variant="h6" component="h2" id={id}>
          {title}
        </Typography>
        {words && (
          <Typography variant="body2" className={classes.words}>
            {words}
          </Typography>
        )}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {notice}
      {Children.toArray(children).length > 0 && (
        <Paper elevation={0} className={classes.paper}>
          {children}
        </Paper>
      )}
    </section>
  );
}
