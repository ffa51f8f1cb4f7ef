import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { SubTitle } from '../../components';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2.5) },
}));

/** A part of the page of a request. */
export function Section(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <section className={classes.root} aria-label={props.title}>
      <SubTitle component="h2">{props.title}</SubTitle>
      {props.children}
    </section>
  );
}
