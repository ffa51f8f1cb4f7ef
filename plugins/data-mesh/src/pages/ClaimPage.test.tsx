import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aClaim, anAnswer, FakeDataMeshApi } from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { ClaimPage } from './ClaimPage';

const path = '/data-mesh/requests/claims/:id';

async function openClaim(claim = aClaim(), api = new FakeDataMeshApi()) {
  api.claims = [claim];
  await renderPage(<ClaimPage />, {
    path,
    at: `/data-mesh/requests/claims/${claim.id}`,
    api,
  });
  return api;
}

const button = (name: RegExp | string) => screen.findByRole('button', { name });

describe('ClaimPage', () => {
  it('says who decides what afterwards, and what is in the place', async () => {
    await openClaim();
    expect(
      await screen.findByText('Sales decides who publishes its tables'),
    ).toBeInTheDocument();
    const today = screen.getByRole('region', { name: 'In the place today' });
    expect(within(today).getByText('12')).toBeInTheDocument();
    expect(within(today).getByText('3 explained, 2 not')).toBeInTheDocument();
    expect(within(today).getByText('Nobody known')).toBeInTheDocument();
    expect(
      screen.getByText('Marketing has a product on it'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Nobody gains or loses access to data/),
    ).toBeInTheDocument();
  });

  it('does not count as nothing what could not be looked at', async () => {
    await openClaim(
      aClaim({
        contents: {
          checkedAt: '2026-11-20T08:00:00.000Z',
          tables: { sample: [] },
          principals: { sample: [] },
          products: [],
          unknown: ['Glue did not answer: `ThrottlingException`'],
        },
      }),
    );
    const today = await screen.findByRole('region', {
      name: 'In the place today',
    });
    expect(within(today).getAllByText('?')).toHaveLength(2);
    expect(within(today).getByText(/Glue did not answer/)).toBeInTheDocument();
  });

  it('accepts in the version that is shown', async () => {
    const api = await openClaim();
    await userEvent.click(await button('Accept 12 tables'));
    await waitFor(() =>
      expect(api.called('decideClaim')).toEqual([
        ['claim-1', 1, { decision: 'accept' }],
      ]),
    );
  });

  it('leaves an overlap out, or says that the narrower place wins', async () => {
    const inner = {
      system: 'lake-formation',
      catalogId: '210987654321',
      database: 'shop_events',
      table: 'clicks',
    };
    const api = await openClaim(
      aClaim({
        overlaps: [
          {
            domainRef: 'domain:default/marketing',
            place: inner,
            words: 'the table `shop_events.clicks`',
            relation: 'narrower',
          },
        ],
      }),
    );
    await screen.findByText(/is inside this one/);
    expect(
      screen.queryByRole('button', { name: 'Accept 12 tables' }),
    ).not.toBeInTheDocument();
    await userEvent.click(await button(/^Accept without/));
    await userEvent.click(await button(/narrower place wins/));
    await waitFor(() =>
      expect(api.called('decideClaim')).toEqual([
        ['claim-1', 1, { decision: 'accept', without: [inner] }],
        ['claim-1', 1, { decision: 'accept', narrowerWins: true }],
      ]),
    );
  });

  it('says that somebody was faster, and keeps what was typed', async () => {
    const api = await openClaim();
    api.fail(
      'decideClaim',
      await anAnswer(409, 'ConflictError', 'Gus Lund has decided it.'),
    );
    await userEvent.click(await button('Reject'));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'Not yours');
    await userEvent.click(dialog.getByRole('button', { name: 'Reject' }));
    expect(await dialog.findByText(/Gus Lund has decided it/)).toBeVisible();
    expect(dialog.getByRole('textbox')).toHaveValue('Not yours');
  });

  it('offers nothing to who may not decide, and says why', async () => {
    await openClaim(
      aClaim({
        actions: [],
        whyNotDecide: 'You belong to the domain that claims it.',
      }),
    );
    expect(
      await screen.findByText('You belong to the domain that claims it.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Accept/ }),
    ).not.toBeInTheDocument();
  });
});
