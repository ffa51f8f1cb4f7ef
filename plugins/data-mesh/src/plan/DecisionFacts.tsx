import type { DecisionFact } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { RefWords } from '../components/text/RefWords';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
    gap: theme.spacing(1.25, 2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
  },
  fact: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: theme.spacing(1),
    '& svg': { fontSize: 18, marginTop: 1 },
  },
  warning: {
    color:
      theme.palette.type === 'dark'
        ? theme.palette.warning.light
        : theme.palette.warning.dark,
  },
  quiet: { color: theme.palette.text.secondary },
}));

/** What a careful approver wants to know first, the most surprising first. */
export function DecisionFacts(props: { facts: readonly DecisionFact[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {props.facts.map(({ tone, title, detail }) => (
        <li key={title} className={classes.fact}>
          {tone === 'warning' ? (
            <WarningIcon className={classes.warning} aria-hidden />
          ) : (
            <InfoIcon className={classes.quiet} aria-hidden />
          )}
          <span>
            <RefWords text={title} />
            {detail && (
              <div className={classes.quiet}>
                <RefWords text={detail} />
              </div>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
