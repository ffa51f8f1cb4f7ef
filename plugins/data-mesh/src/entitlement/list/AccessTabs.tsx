import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import type { AccessView } from './accessItems';

const useStyles = makeStyles(theme => ({
  root: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  tab: { minWidth: 96, textTransform: 'none' },
}));

/** What is there now, or what is over. */
export function AccessTabs(props: {
  view: AccessView;
  onView: (view: AccessView) => void;
}) {
  const t = useT();
  const classes = useStyles();
  return (
    <Tabs
      className={classes.root}
      value={props.view}
      indicatorColor="primary"
      aria-label={t('access.view.label')}
      onChange={(_, next: AccessView) => props.onView(next)}
    >
      {(['active', 'past'] as const).map(view => (
        <Tab
          key={view}
          className={classes.tab}
          value={view}
          label={t(`access.view.${view}`)}
        />
      ))}
    </Tabs>
  );
}
