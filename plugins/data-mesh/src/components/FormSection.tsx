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
    margin: 0,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 1),
    marginBottom: theme.spacing(1.5),
  },
}));

/** One numbered part of the form. */
export function FormSection(props: {
  id: string;
  number?: number;
  title: string;
  /** At the end of the line of the title. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { id, number, title, aside, children } = props;
  const classes = useStyles();
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <Typography id={id} variant="h2" className={classes.title}>
          {number === undefined ? title : `${number} · ${title}`}
        </Typography>
        {aside}
      </div>
      {children}
    </Paper>
  );
}
