import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { useIsMeshPage } from './useIsMeshPage';

/** The entry Data products, selected on the pages of products and domains too. */
export const DataProductsItem = (
  props: NavContentNavItem & { catalogPath?: string },
) => {
  const { catalogPath, ...item } = props;
  const location = useLocation();
  const isMeshPage = useIsMeshPage(catalogPath);
  // A SidebarItem is selected by the location alone, so it is given one.
  return (
    <Routes location={isMeshPage ? item.href : location}>
      <Route
        path="*"
        element={
          <SidebarItem
            icon={() => item.icon}
            to={item.href}
            text={item.title}
            // The other pages of the plugin live under Discover's path.
            end
          />
        }
      />
    </Routes>
  );
};
