import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-block',
    marginLeft: theme.spacing(1),
    padding: '0 5px',
    border: '1px solid currentColor',
    borderRadius: 4,
    fontFamily: 'monospace',
    fontSize: theme.typography.pxToRem(11),
    lineHeight: '16px',
    opacity: 0.75,
    // Who has no room for them has seldom a keyboard.
    [theme.breakpoints.down('sm')]: { display: 'none' },
  },
}));

/** The key that does what a button does, printed on it. */
export function KeyHint(props: { of: string }) {
  return (
    <kbd className={useStyles().root} aria-hidden>
      {props.of}
    </kbd>
  );
}
