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
import { CatalogItem } from './CatalogItem';
import { DataProductsItem } from './DataProductsItem';
import { Logo } from './Logo';
import { RequestsItem } from './RequestsItem';

const NavItem = (item: NavContentNavItem) => (
  <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
);

/** Catalog first, the data mesh in the middle, the person's own things last. */
export const SidebarContent: NavContentComponent = ({ navItems }) => {
  const nav = navItems.withComponent(NavItem);
  const catalog = navItems.take('page:catalog');
  const products = navItems.take('page:data-mesh');
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
        {catalog && <CatalogItem {...catalog} />}
        {nav.take('page:scaffolder')}
        <SidebarDivider />
        {products && (
          <DataProductsItem {...products} catalogPath={catalog?.href} />
        )}
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
