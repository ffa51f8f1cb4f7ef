import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: { display: 'inline-flex', maxWidth: '100%', minWidth: 0 },
  head: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  tail: { flexShrink: 0, whiteSpace: 'pre' },
});

/**
 * A long name that gives way in its middle, because names in AWS differ at
 * their ends. The whole name stands in the tooltip.
 */
export function MiddleEllipsis(props: { text: string; tail?: number }) {
  const { text, tail = 8 } = props;
  const classes = useStyles();
  if (text.length <= tail * 2) return <span>{text}</span>;
  const cut = text.length - tail;
  return (
    <Tooltip title={text}>
      <span className={classes.root}>
        <span className={classes.head}>{text.slice(0, cut)}</span>
        <span className={classes.tail}>{text.slice(cut)}</span>
      </span>
    </Tooltip>
  );
}
