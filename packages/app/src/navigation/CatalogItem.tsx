import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { useIsMeshPage } from './useIsMeshPage';

/** The entry Catalog. Pages of the mesh belong to Data products. */
export const CatalogItem = (item: NavContentNavItem) => {
  const isMeshPage = useIsMeshPage(item.href);
  return (
    <SidebarItem
      icon={() => item.icon}
      to={item.href}
      text={item.title}
      end={isMeshPage}
    />
  );
};
