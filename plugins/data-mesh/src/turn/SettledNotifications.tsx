import { useEffect } from 'react';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { settledTopic } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The channel on which Backstage says that there is a notification. */
const CHANNEL = 'notifications';

/** More of them wait until they are looked for again. */
const AT_MOST = 100;

/**
 * Marks notifications as read that ask nobody to act any more. Only the portal
 * of whoever has them can: the server has no call for those of other people.
 * Shows nothing.
 */
export function SettledNotifications() {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  const { lastSignal } = useSignal<{ action: string }>(CHANNEL);
  useEffect(() => {
    // It is what is done below that this tells.
    if (lastSignal?.action === 'notification_read') return;
    const settle = async () => {
      const url = `${await discovery.getBaseUrl(CHANNEL)}/notifications`;
      const answer = await fetch(
        `${url}?topic=${settledTopic}&read=false&limit=${AT_MOST}`,
      );
      if (!answer.ok) return;
      const { notifications } = (await answer.json()) as {
        notifications: Array<{ id: string }>;
      };
      if (notifications.length === 0) return;
      await fetch(`${url}/update`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ids: notifications.map(({ id }) => id),
          read: true,
        }),
      });
    };
    // A portal may have no notifications; and what fails is tried again with
    // the next one.
    settle().catch(() => {});
  }, [discovery, fetch, lastSignal]);
  return null;
}
