import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { SkeletonBar } from '../../components';
import { useT } from '../../useT';
import { RESULT_HEIGHT } from './ProductResult';

const useStyles = makeStyles(theme => ({
  paper: { border: `1px solid ${theme.palette.divider}` },
  row: {
    boxSizing: 'border-box',
    height: RESULT_HEIGHT,
    padding: theme.spacing(1.5, 2),
    display: 'grid',
    gap: theme.spacing(1),
    alignContent: 'start',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
}));

/** Keeps the place of the results, row by row. */
export function ResultSkeleton(props: { rows?: number }) {
  const { rows = 8 } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <Paper elevation={0} className={classes.paper}>
      <div role="status" aria-label={t('common.loading')}>
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className={classes.row} aria-hidden>
            <SkeletonBar width="30%" height={16} />
            <SkeletonBar width="70%" />
            <SkeletonBar width="50%" />
          </div>
        ))}
      </div>
    </Paper>
  );
}
