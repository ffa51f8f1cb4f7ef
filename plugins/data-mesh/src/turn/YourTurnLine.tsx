import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { useTurnWords } from './useTurnWords';
import { useYourTurn } from './useYourTurn';

const useStyles = makeStyles(theme => ({
  // Its height is there before what waits is known: nothing moves when it is.
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    minHeight: 28,
    fontSize: theme.typography.body2.fontSize,
  },
  title: { fontWeight: 600 },
}));

/** What waits for the caller in one line, where there is no home page. */
export function YourTurnLine() {
  const t = useT();
  const classes = useStyles();
  const turns = useYourTurn();
  const wordsOf = useTurnWords();
  return (
    <div className={classes.root}>
      {turns && turns.length > 0 && (
        <>
          <span className={classes.title}>{t('turn.title')}</span>
          {turns.map(turn => {
            const { title, to } = wordsOf(turn);
            return (
              <Link key={turn.kind} to={to}>
                {title}
              </Link>
            );
          })}
        </>
      )}
    </div>
  );
}
