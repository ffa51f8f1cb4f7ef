import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({ root: { fontWeight: 600 } });

/** The heading of a part of a page. */
export function SubTitle(props: {
  component?: 'h2' | 'h3';
  children: ReactNode;
}) {
  return (
    <Typography
      variant="subtitle2"
      component={props.component ?? 'h2'}
      gutterBottom
      className={useStyles().root}
    >
      {props.children}
    </Typography>
  );
}
