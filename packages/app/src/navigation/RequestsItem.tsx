import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { useCountToDecide } from '@lakemesh/backstage-plugin-data-mesh';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  count: {
    display: 'inline-block',
    minWidth: theme.spacing(2.5),
    padding: theme.spacing(0, 0.75),
    borderRadius: theme.spacing(1.5),
    background: theme.palette.common.white,
    color: theme.palette.common.black,
    fontSize: theme.typography.caption.fontSize,
    fontWeight: 700,
    lineHeight: 1.7,
    textAlign: 'center',
    // The link's label says it in words; as text it would stand there twice.
    '&::before': { content: 'attr(data-count)' },
  },
}));

/** The entry Requests, with the number that waits for the user. */
export const RequestsItem = (item: NavContentNavItem) => {
  const classes = useStyles();
  const toDecide = useCountToDecide();
  const name =
    toDecide > 0 ? `${item.title} ${toDecide} to decide` : item.title;
  return (
    <SidebarItem
      icon={() => item.icon}
      to={item.href}
      text={item.title}
      hasNotifications={toDecide > 0}
      aria-label={name}
    >
      {toDecide > 0 && <span className={classes.count} data-count={toDecide} />}
    </SidebarItem>
  );
};
