import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  '@keyframes breathe': {
    '0%, 100%': { opacity: 1 },
    '50%': { opacity: 0.45 },
  },
  bar: {
    borderRadius: 4,
    background: alpha(theme.palette.text.primary, 0.12),
    animation: '$breathe 1.6s ease-in-out infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
  row: {
    padding: theme.spacing(2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  dense: { boxSizing: 'border-box', padding: theme.spacing(0.75, 0) },
  line: { marginTop: theme.spacing(1) },
}));

/** One line of text that is not there yet. */
export function SkeletonBar(props: {
  width?: number | string;
  height?: number;
}) {
  const { width = '100%', height = 12 } = props;
  return <div className={useStyles().bar} style={{ width, height }} />;
}

/** Keeps the place of a list of rows. */
export function ListSkeleton(props: {
  rows?: number;
  lines?: number;
  /** Of a row, in pixels, where its list is denser. */
  rowHeight?: number;
}) {
  const { rows = 5, lines = 3, rowHeight } = props;
  const classes = useStyles();
  const t = useT();
  return (
    <div role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={`${classes.row} ${rowHeight ? classes.dense : ''}`}
          style={{ height: rowHeight }}
          aria-hidden
        >
          <SkeletonBar width="35%" height={16} />
          {Array.from({ length: lines - 1 }, (__, line) => (
            <div key={line} className={classes.line}>
              <SkeletonBar width={`${80 - 18 * line}%`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Keeps the place of the content of a card. */
export function CardSkeleton(props: { lines?: number }) {
  const { lines = 4 } = props;
  const classes = useStyles();
  const t = useT();
  return (
    <div role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes.line} aria-hidden>
          <SkeletonBar width={line === lines - 1 ? '45%' : '100%'} />
        </div>
      ))}
    </div>
  );
}
