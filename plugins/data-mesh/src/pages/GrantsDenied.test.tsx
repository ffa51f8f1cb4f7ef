import { screen } from '@testing-library/react';
import { FakeDataMeshApi } from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { GrantsPage } from './GrantsPage';

// In a file of its own: what was once allowed is remembered.
it('offers neither scans nor the doctor to those who may not', async () => {
  const api = new FakeDataMeshApi();
  api.scans = { ...api.scans, maySteer: false };
  await renderPage(<GrantsPage />, {
    path: '/data-mesh/grants',
    api,
    denied: true,
  });
  expect(await screen.findByText('No scan has finished yet')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Scan now' })).toBeNull();
  expect(screen.queryByRole('tab', { name: 'Doctor' })).toBeNull();
});
