import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { RefWords, toneColors } from '../components';
import { PlacedProblem } from './problemFields';

const useStyles = makeStyles(theme => ({
  root: { listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 },
  item: {
    display: 'flex',
    gap: theme.spacing(0.75),
    alignItems: 'flex-start',
    color: toneColors(theme, 'bad').color,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: 1.5,
    '& svg': { fontSize: 18, marginTop: 1, flexShrink: 0 },
  },
}));

/** Reasons may be fragments that read on from the name of the field. */
function asSentence(reason: string): string {
  return reason.charAt(0).toLocaleUpperCase() + reason.slice(1);
}

/** What is wrong with a field, right under it. */
export function FieldProblems(props: { problems: PlacedProblem[] }) {
  const { problems } = props;
  const classes = useStyles();
  return (
    <div aria-live="polite">
      {problems.length > 0 && (
        <ul className={classes.root}>
          {problems.map(({ reason, table }) => (
            <li key={`${table} ${reason}`} className={classes.item}>
              <ErrorIcon aria-hidden />
              <span>
                <RefWords text={asSentence(reason)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
