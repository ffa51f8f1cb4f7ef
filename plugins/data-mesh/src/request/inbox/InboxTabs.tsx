import type { RequestCounts } from '@lakemesh/backstage-plugin-data-mesh-common';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import type { RequestsView } from './requestsUrl';

const VIEWS: readonly RequestsView[] = ['toDecide', 'mine', 'all'];

const useStyles = makeStyles(theme => ({
  root: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  tab: { minWidth: 96, textTransform: 'none' },
}));

/** The views of the inbox, with how much waits in each. */
export function InboxTabs(props: {
  view: RequestsView;
  counts?: RequestCounts;
  /** Decided here, and not yet counted by the backend. */
  decided: number;
  onView: (view: RequestsView) => void;
}) {
  const { view, counts, decided, onView } = props;
  const t = useT();
  const classes = useStyles();
  const countOf = (one: RequestsView) => {
    if (!counts || one === 'all') return undefined;
    if (one === 'mine') return counts.mine;
    const { toDecide, claimsToDecide = 0, publicationsToDecide = 0 } = counts;
    return Math.max(
      0,
      toDecide + claimsToDecide + publicationsToDecide - decided,
    );
  };
  return (
    <Tabs
      className={classes.root}
      value={view}
      indicatorColor="primary"
      aria-label={t('requests.tabs.label')}
      onChange={(_, next: RequestsView) => onView(next)}
    >
      {VIEWS.map(one => {
        const count = countOf(one);
        const label = t(`requests.tabs.${one}`);
        return (
          <Tab
            key={one}
            className={classes.tab}
            value={one}
            label={count === undefined ? label : `${label} · ${count}`}
          />
        );
      })}
    </Tabs>
  );
}
