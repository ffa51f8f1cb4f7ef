import { ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2),
    marginBottom: theme.spacing(2),
    // As dense as the text around the fields. Class names of Material UI are
    // not stable below Backstage's theme, so elements are meant by their role.
    '& [role="radiogroup"] label > span:last-child': {
      fontSize: theme.typography.body2.fontSize,
    },
  },
  title: {
    fontSize: theme.typography.pxToRem(16),
    fontWeight: 700,
    margin: theme.spacing(0, 0, 1.5),
  },
}));

/** One numbered part of the form. */
export function FormSection(props: {
  id: string;
  number?: number;
  title: string;
  children: ReactNode;
}) {
  const { id, number, title, children } = props;
  const classes = useStyles();
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-labelledby={id}
    >
      <Typography id={id} variant="h2" className={classes.title}>
        {number === undefined ? title : `${number} · ${title}`}
      </Typography>
      {children}
    </Paper>
  );
}
