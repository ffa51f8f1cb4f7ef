import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDifference,
  anAnswer,
  aPublication,
  FakeDataMeshApi,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { PublicationPage } from './PublicationPage';

async function openPublication(
  publication = aPublication(),
  api = new FakeDataMeshApi(),
) {
  api.publications = [publication];
  await renderPage(<PublicationPage />, {
    path: '/data-mesh/requests/publications/:id',
    at: `/data-mesh/requests/publications/${publication.id}`,
    api,
  });
  return api;
}

const button = (name: RegExp | string) => screen.findByRole('button', { name });

describe('PublicationPage', () => {
  it('tells each change with what it does, and ticks none', async () => {
    await openPublication();
    expect(
      await screen.findByRole('heading', { name: /loosens access in 2 ways/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('No data steward decides any more'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('It touches 2 open requests and 1 live access.'),
    ).toBeInTheDocument();
    for (const box of screen.getAllByRole('checkbox')) {
      expect(box).not.toBeChecked();
    }
    expect(await button('Accept 0, send back 2')).toBeDisabled();
  });

  it('accepts what is ticked, and sends back the rest with a reason', async () => {
    const api = await openPublication();
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /Adds the table payroll/ }),
    );
    expect(await button('Accept 1, send back 1')).toBeDisabled();
    expect(screen.getByText('Say why the rest goes back.')).toBeInTheDocument();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Why 1 goes back/ }),
      'E-mail stays personal',
    );
    await userEvent.click(await button('Accept 1, send back 1'));
    await waitFor(() =>
      expect(api.called('decidePublication')).toEqual([
        [
          'publication-1',
          4,
          {
            accept: ['table:payroll'],
            sendBack: ['pii:profiles.email'],
            comment: 'E-mail stays personal',
          },
        ],
      ]),
    );
  });

  it('accepts all without a reason', async () => {
    const api = await openPublication();
    await userEvent.click(await button('Tick all'));
    await userEvent.click(await button('Accept 2'));
    await waitFor(() =>
      expect(api.called('decidePublication')[0][2]).toEqual({
        accept: ['pii:profiles.email', 'table:payroll'],
        sendBack: [],
      }),
    );
  });

  it('shows what was sent back without asking for it again', async () => {
    await openPublication(
      aPublication({
        differences: [
          aDifference({
            sentBack: {
              actorRef: 'user:default/gus',
              at: '2026-11-20T07:00:00.000Z',
              comment: 'It is personal',
            },
          }),
        ],
        actions: [],
      }),
    );
    expect(await screen.findByText('It is personal')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('publishes for the first time as a whole', async () => {
    const api = await openPublication(
      aPublication({
        state: 'pending',
        requestable: false,
        why: 'It has not been published yet; it waits for group:default/governance',
      }),
    );
    expect(
      await screen.findByRole('heading', { name: /asks to be published/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    await userEvent.click(await button('Accept and publish'));
    await waitFor(() =>
      expect(api.called('decidePublication')[0][2]).toEqual({
        accept: ['pii:profiles.email', 'table:payroll'],
        sendBack: [],
      }),
    );
  });

  it('says that what waits has changed meanwhile', async () => {
    const api = await openPublication();
    api.fail(
      'decidePublication',
      await anAnswer(409, 'ConflictError', 'A third change waits now.'),
    );
    await userEvent.click(await button('Tick all'));
    await userEvent.click(await button('Accept 2'));
    expect(
      await screen.findByText(/A third change waits now/),
    ).toBeInTheDocument();
  });

  it('names a port that is called like its product once', async () => {
    await openPublication(
      aPublication({
        state: 'pending',
        productTitle: 'Basket events',
        portTitle: 'Basket events',
      }),
    );
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      /^Basket events asks to be published$/,
    );
    expect(screen.getByText('Waiting for you')).toBeInTheDocument();
    expect(screen.getByText(/^asked .* ago$/)).toBeInTheDocument();
  });

  it('keeps the direction of a title to the title', async () => {
    await openPublication(aPublication({ portTitle: 'a\u202Eb' }));
    expect(
      await screen.findByRole('heading', { level: 1 }),
    ).not.toHaveTextContent('\u202E');
  });

  it('names the table of a change once', async () => {
    await openPublication();
    expect(await screen.findAllByText('payroll')).toHaveLength(1);
  });
});
