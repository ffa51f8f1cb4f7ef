import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RequestDetailPage } from '../pages/RequestDetailPage';
import { aRequestDetail, FakeDataMeshApi } from '../testing';
import { renderPage } from './renderPage';

const decider = 'user:default/jo.lind';

/** A backend whose caller decides the request of the builders. */
export function aDeciderApi(over: Parameters<typeof aRequestDetail>[0] = {}) {
  const api = new FakeDataMeshApi();
  api.me = {
    ...api.me,
    userRef: decider,
    ownershipRefs: [decider, 'group:default/team-crm'],
  };
  api.requests = [aRequestDetail(over)];
  return api;
}

/** Opens the page of one request. */
export async function openRequest(api: FakeDataMeshApi, id = 'req-1') {
  await renderPage(<RequestDetailPage />, {
    path: '/data-mesh/requests/:id',
    at: `/data-mesh/requests/${id}`,
    api,
  });
  return api;
}

/** Presses a button. */
export const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

/** What is in the open dialog. */
export const inDialog = () => within(screen.getByRole('dialog'));

/** Enters a text into a field of the open dialog. */
export function write(label: string, text: string) {
  fireEvent.change(inDialog().getByLabelText(new RegExp(label)), {
    target: { value: text },
  });
}
