import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(4, 3),
    textAlign: 'center',
    color: theme.palette.text.secondary,
  },
  title: { color: theme.palette.text.primary, marginBottom: 4 },
  words: { maxWidth: '60ch', margin: '0 auto' },
  action: { marginTop: theme.spacing(2) },
}));

/** Says what would be here, and offers the next step. */
export function EmptyState(props: {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
}) {
  const { title, description, action } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="subtitle1" component="p" className={classes.title}>
        {title}
      </Typography>
      {description && (
        <Typography variant="body2" component="div" className={classes.words}>
          {description}
        </Typography>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
