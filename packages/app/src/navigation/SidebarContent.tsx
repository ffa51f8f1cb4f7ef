import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import type {
  NavContentComponent,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { Logo } from './Logo';
import { RequestsItem } from './RequestsItem';

const NavItem = (item: NavContentNavItem) => (
  <SidebarItem
    icon={() => item.icon}
    to={item.href}
    text={item.title}
    // The other pages of the plugin live under Discover's path.
    end={item.node.spec.id === 'page:data-mesh'}
  />
);

/** Catalog first, the data mesh in the middle, the person's own things last. */
export const SidebarContent: NavContentComponent = ({ navItems }) => {
  const nav = navItems.withComponent(NavItem);
  const requests = navItems.take('page:data-mesh/requests');

  // Reached from elsewhere: by entries of their own kind below, and the graph
  // by "View graph" on every entity.
  nav.take('page:search');
  nav.take('page:notifications');
  nav.take('page:catalog-graph');

  return (
    <Sidebar>
      <Logo />
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {nav.take('page:catalog')}
        {nav.take('page:scaffolder')}
        <SidebarDivider />
        {nav.take('page:data-mesh')}
        {requests && <RequestsItem {...requests} />}
        {nav.take('page:data-mesh/access')}
        {nav.take('page:data-mesh/grants')}
        {nav.take('page:data-mesh/audit')}
        <SidebarDivider />
        {nav.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {nav.take('page:user-settings')}
      </SidebarGroup>
    </Sidebar>
  );
};
