import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  RiDatabase2Line,
  RiHistoryLine,
  RiInboxLine,
  RiKey2Line,
  RiShieldCheckLine,
} from '@remixicon/react';
import { auditReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useCountToDecide } from '../api/useRequestCounts';
import {
  accessRouteRef,
  auditRouteRef,
  grantsRouteRef,
  requestsRouteRef,
  rootRouteRef,
} from '../routes';
import { useT } from '../useT';

const DiscoverIcon = () => <RiDatabase2Line />;
const RequestsIcon = () => <RiInboxLine />;
const AccessIcon = () => <RiKey2Line />;
const GrantsIcon = () => <RiShieldCheckLine />;
const AuditIcon = () => <RiHistoryLine />;

/**
 * The pages of the plugin in the sidebar of a legacy app, each selected by
 * itself, with the number of requests that wait.
 */
export function SidebarItems() {
  const t = useT();
  const toDecide = useCountToDecide();
  const audit = usePermission({ permission: auditReadPermission });
  const discover = useRouteRef(rootRouteRef)();
  const requests = useRouteRef(requestsRouteRef)();
  const access = useRouteRef(accessRouteRef)();
  const grants = useRouteRef(grantsRouteRef)();
  const trail = useRouteRef(auditRouteRef)();
  return (
    <>
      <SidebarItem
        icon={DiscoverIcon}
        to={discover}
        text={t('pages.discover')}
        // The other pages live under its path.
        end
      />
      <SidebarItem
        icon={RequestsIcon}
        to={requests}
        text={t('pages.requests')}
        hasNotifications={toDecide > 0}
        aria-label={
          toDecide > 0
            ? `${t('pages.requests')}, ${t('turn.decide.title', {
                count: toDecide,
              })}`
            : t('pages.requests')
        }
      />
      <SidebarItem icon={AccessIcon} to={access} text={t('pages.access')} />
      <SidebarItem icon={GrantsIcon} to={grants} text={t('pages.grants')} />
      {audit.allowed && (
        <SidebarItem icon={AuditIcon} to={trail} text={t('pages.audit')} />
      )}
    </>
  );
}
