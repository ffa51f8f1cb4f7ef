import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { waitFor } from '@testing-library/react';
import { SettledNotifications } from './SettledNotifications';

const at = 'http://example.com/api/notifications/notifications';

async function show(notifications: unknown, status = 200) {
  const fetch = jest.fn(
    async (_url: string, _init?: RequestInit) =>
      new Response(JSON.stringify({ notifications }), { status }),
  );
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          discoveryApiRef,
          mockApis.discovery({ baseUrl: 'http://example.com' }),
        ],
        [fetchApiRef, { fetch: fetch as unknown as typeof global.fetch }],
      ]}
    >
      <SettledNotifications />
    </TestApiProvider>,
  );
  await waitFor(() => expect(fetch).toHaveBeenCalled());
  return fetch;
}

it('marks what asks nobody to act any more as read', async () => {
  const fetch = await show([{ id: 'one' }, { id: 'two' }]);
  expect(fetch.mock.calls[0][0]).toBe(
    `${at}?topic=data-mesh-settled&read=false&limit=100`,
  );
  await waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  const [url, init] = fetch.mock.calls[1];
  expect(url).toBe(`${at}/update`);
  expect(init?.method).toBe('POST');
  expect(JSON.parse(String(init?.body))).toEqual({
    ids: ['one', 'two'],
    read: true,
  });
});

it.each([
  ['there is none', [], 200],
  ['the portal has no notifications', undefined, 404],
])('writes nothing where %s', async (_, notifications, status) => {
  const fetch = await show(notifications, status);
  // After all that its answer sets off.
  await new Promise(resolve => setTimeout(resolve));
  expect(fetch).toHaveBeenCalledTimes(1);
});
