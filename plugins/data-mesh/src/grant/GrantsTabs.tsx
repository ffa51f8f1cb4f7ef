import {
  doctorReadPermission,
  type DriftPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useLocale } from '../useMoment';
import { useT } from '../useT';
import { driftCount } from './drift/driftCount';
import { GRANTS_TABS, GrantsTab } from './grantsUrl';
import { ChangeGrantsUrl } from './useGrantsUrl';

const useStyles = makeStyles(theme => ({
  tabs: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  // All of them fit at 768 px, also with much drift.
  tab: {
    minWidth: 0,
    padding: theme.spacing(0.75, 1.25),
    letterSpacing: 'normal',
    textTransform: 'none',
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(0.75, 1) },
  },
}));

/** What grants are grouped by, how much drift there is, and the doctor. */
export function GrantsTabs(props: {
  tab: GrantsTab;
  drift: DriftPage | undefined;
  change: ChangeGrantsUrl;
}) {
  const { tab, drift, change } = props;
  const t = useT();
  const locale = useLocale();
  const classes = useStyles();
  const doctor = usePermission({ permission: doctorReadPermission });
  const tabs = GRANTS_TABS.filter(
    one => one !== 'doctor' || doctor.allowed || tab === 'doctor',
  );
  return (
    <Tabs
      className={classes.tabs}
      value={tab}
      indicatorColor="primary"
      variant="scrollable"
      scrollButtons="auto"
      aria-label={t('grants.tabs.label')}
      onChange={(_, next: GrantsTab) =>
        change({
          tab: next,
          key: undefined,
          id: undefined,
          kind: undefined,
          text: '',
          because: undefined,
          question: undefined,
          at: undefined,
        })
      }
    >
      {tabs.map(one => (
        <Tab
          key={one}
          className={classes.tab}
          value={one}
          label={
            one === 'drift' && drift
              ? `${t('grants.tabs.drift')} · ${driftCount(drift, locale)}`
              : t(`grants.tabs.${one}`)
          }
        />
      ))}
    </Tabs>
  );
}
