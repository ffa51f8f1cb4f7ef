import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { CopyButton } from '../../components';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    margin: theme.spacing(1, 0),
    borderRadius: theme.shape.borderRadius,
    background: alpha(theme.palette.text.primary, 0.06),
  },
  text: {
    margin: 0,
    padding: theme.spacing(1.5, 6, 1.5, 1.5),
    maxHeight: 320,
    overflow: 'auto',
    fontSize: theme.typography.caption.fontSize,
    lineHeight: 1.5,
  },
  copy: {
    position: 'absolute',
    top: theme.spacing(1.25),
    right: theme.spacing(0.75),
  },
}));

/** A text to be copied as a whole. */
export function CodeBlock(props: { text: string; copyLabel: string }) {
  const { text, copyLabel } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {/* The keyboard scrolls what is longer than the box. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.text} tabIndex={0}>
        {text}
      </pre>
      <span className={classes.copy}>
        <CopyButton text={text} label={copyLabel} />
      </span>
    </div>
  );
}
