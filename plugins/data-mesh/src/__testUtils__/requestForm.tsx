import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RequestFormPage } from '../pages/RequestFormPage';
import { aProduct, FakeDataMeshApi } from '../testing';
import { renderPage } from './renderPage';

/** Where the form for the product of the builders is. */
export const formAddress = '/data-mesh/request/default/customer-360';

/** Opens the form that asks for access. */
export function openForm(
  api = new FakeDataMeshApi(),
  options: { at?: string; entities?: ReturnType<typeof aProduct>[] } = {},
) {
  return renderPage(<RequestFormPage />, {
    path: '/data-mesh/request/:namespace/:name',
    at: formAddress,
    api,
    ...options,
  });
}

/** Ticks or unticks a column. */
export async function tick(name: string) {
  await userEvent.click(await screen.findByRole('checkbox', { name }));
}

/** Chooses in a list of options. */
export async function choose(field: string, option: string) {
  await userEvent.click(
    screen.getByRole('button', { name: new RegExp(field) }),
  );
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

/** Enters a text at once. */
export function fill(field: HTMLElement, value: string) {
  fireEvent.change(field, { target: { value } });
}

/** The button that sends the form. */
export function sendButton() {
  return screen.getByRole('button', { name: 'Send request' });
}

/** Unfolds a question of the form, like `Choose columns`. */
export async function unfold(action: string) {
  await userEvent.click(await screen.findByRole('button', { name: action }));
}
