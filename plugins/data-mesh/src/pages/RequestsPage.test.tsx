import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  RequestDetail,
  RequestPage,
  RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { anAnswer, aRequestDetail, FakeDataMeshApi, inDays } from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { RequestsPage } from './RequestsPage';

const path = '/data-mesh/requests';

const three = [
  aRequestDetail({ productTitle: 'Orders', createdAt: inDays(-8) }),
  aRequestDetail({ id: 'req-2', productTitle: 'Ledger', version: 2 }),
  aRequestDetail({ id: 'req-3', productTitle: 'Web', createdAt: inDays(0) }),
];

function anApi(requests = three) {
  const api = new FakeDataMeshApi();
  api.me = { ...api.me, ownershipRefs: ['group:default/team-crm'] };
  api.requests = requests;
  return api;
}

async function openList(api = anApi(), at = path) {
  await renderPage(<RequestsPage />, { path, at, api });
  return api;
}

const address = () => screen.getByLabelText('address').textContent;
const row = (name: string) => screen.getByRole('link', { name });
const inDialog = () => within(screen.getByRole('dialog'));

function beNarrow(narrow: boolean) {
  window.matchMedia = ((query: string) => ({
    matches: narrow && query.includes('max-width'),
    media: query,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
  })) as unknown as typeof window.matchMedia;
}

describe('RequestsPage', () => {
  beforeEach(() => beNarrow(false));

  it('lists what waits for the caller, with its age, and previews the first', async () => {
    const api = await openList();
    expect(
      await screen.findByRole('tab', { name: 'To decide · 3' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Mine · 0' })).toBeInTheDocument();
    expect(await screen.findByText('8 days')).toBeInTheDocument();
    expect(screen.getByText('1 min')).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: /asks for .* of Orders/ }),
    ).toBeInTheDocument();
    expect(api.called('listRequests')[0]).toEqual([
      { view: 'toDecide', order: 'oldest', limit: 50, cursor: undefined },
    ]);
  });

  it('opens what the address names', async () => {
    await openList(undefined, `${path}?id=req-2`);
    expect(
      await screen.findByRole('heading', { name: /asks for .* of Ledger/ }),
    ).toBeInTheDocument();
  });

  it('moves by arrows, and opens the detail by Enter', async () => {
    await openList();
    await screen.findByRole('link', { name: 'Orders · Profiles' });
    row('Orders · Profiles').focus();
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(row('Ledger · Profiles')).toHaveFocus());
    expect(address()).toBe(`${path}?view=toDecide&id=req-2`);
    expect(
      await screen.findByRole('heading', { name: /asks for .* of Ledger/ }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(row('Web · Profiles')).toHaveFocus());
    await userEvent.keyboard('{ArrowUp}{Enter}');
    await waitFor(() => expect(address()).toBe(`${path}/req-2`));
  });

  it('leads to the filter by /', async () => {
    await openList();
    await screen.findByRole('link', { name: 'Orders · Profiles' });
    await userEvent.keyboard('/');
    expect(
      screen.getByRole('searchbox', { name: 'Filter requests' }),
    ).toHaveFocus();
  });

  it('has one row in the order of tabs', async () => {
    await openList();
    await screen.findByRole('link', { name: 'Orders · Profiles' });
    expect(row('Orders · Profiles')).toHaveAttribute('tabindex', '0');
    expect(row('Ledger · Profiles')).toHaveAttribute('tabindex', '-1');
  });

  it('shows the next one after a decision, and says what was decided', async () => {
    const api = await openList();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Approve/ }),
    );
    expect(
      await screen.findByText(/Approved: Orders · Profiles/),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: /asks for .* of Ledger/ }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('tab', { name: 'To decide · 2' }),
    ).toBeInTheDocument();
    expect(api.called('decideRequest')).toEqual([
      ['req-1', 1, { decision: 'approve', undoable: true }],
    ]);
  });

  it('decides by letters, and opens the next one by itself', async () => {
    const api = await openList();
    await screen.findByRole('heading', { name: /asks for .* of Orders/ });
    await userEvent.keyboard('a');
    await screen.findByRole('heading', { name: /asks for .* of Ledger/ });
    // Gone at once, whatever the backend still lists.
    expect(screen.queryByRole('link', { name: /^Orders/ })).toBeNull();
    await userEvent.keyboard('j');
    await screen.findByRole('heading', { name: /asks for .* of Web/ });
    await userEvent.keyboard('k');
    await screen.findByRole('heading', { name: /asks for .* of Ledger/ });
    await userEvent.keyboard('r');
    await userEvent.type(
      await inDialog().findByRole('textbox'),
      'not for reporting{Tab}',
    );
    await userEvent.click(inDialog().getByRole('button', { name: 'Reject' }));
    await waitFor(() =>
      expect(api.called('decideRequest').slice(-1)).toEqual([
        [
          'req-2',
          2,
          {
            decision: 'reject',
            comment: 'not for reporting',
            undoable: true,
          },
        ],
      ]),
    );
    await userEvent.keyboard('?');
    expect(inDialog().getByText('Ask for changes')).toBeVisible();
    expect(inDialog().getByText(/^Undo the last decision/)).toBeVisible();
  });

  it('takes a decision back as long as the backend lets it', async () => {
    const api = anApi();
    const decided = jest
      .spyOn(api, 'decideRequest')
      .mockImplementation(async () => ({
        ...three[0],
        actions: [],
        deciding: {
          decision: 'approve',
          actorRef: 'user:default/jo.lind',
          takesEffectAt: new Date(Date.now() + 60_000).toISOString(),
        },
      }));
    await openList(api);
    await screen.findByRole('heading', { name: /asks for .* of Orders/ });
    await userEvent.keyboard('a');
    await screen.findByRole('button', { name: /^Undo/ });
    expect(decided).toHaveBeenCalledTimes(1);
    await userEvent.keyboard('z');
    expect(
      await screen.findByRole('link', { name: /^Orders/ }),
    ).toBeInTheDocument();
    expect(api.called('undoDecision')).toEqual([['req-1']]);
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  });

  it('offers to take a decision back however long it takes to save it', async () => {
    jest.useFakeTimers();
    try {
      const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
      const api = anApi();
      let save: (detail: RequestDetail) => void = () => undefined;
      jest
        .spyOn(api, 'decideRequest')
        .mockReturnValue(new Promise(resolve => (save = resolve)));
      await openList(api);
      await screen.findByRole('heading', { name: /asks for .* of Orders/ });
      await user.keyboard('a');
      await screen.findByText(/Approved: Orders · Profiles/);
      act(() => jest.advanceTimersByTime(30_000));
      save({
        ...three[0],
        actions: [],
        deciding: {
          decision: 'approve',
          actorRef: 'user:default/jo.lind',
          takesEffectAt: new Date(Date.now() + 5_000).toISOString(),
        },
      });
      expect(
        await screen.findByRole('button', { name: /^Undo/ }),
      ).toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });

  it('brings back what could not be decided, with the reason and the words', async () => {
    const api = anApi().fail(
      'decideRequest',
      await anAnswer(409, 'ConflictError', 'Kim was faster'),
    );
    await openList(api);
    await screen.findByRole('heading', { name: /asks for .* of Orders/ });
    await userEvent.keyboard('c');
    await userEvent.type(
      await inDialog().findByRole('textbox'),
      'which columns?',
    );
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Ask for changes' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Orders · Profiles was not decided: Kim was faster',
    );
    await userEvent.click(await screen.findByRole('link', { name: /^Orders/ }));
    await screen.findByRole('heading', { name: /asks for .* of Orders/ });
    await userEvent.keyboard('c');
    expect(await inDialog().findByRole('textbox')).toHaveValue(
      'which columns?',
    );
  });

  it('approves without what brings another stage, in one click', async () => {
    const asked = aRequestDetail({
      productTitle: 'Orders',
      scope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['id', 'email'] }],
      },
      sensitiveColumns: ['profiles.email'],
      policy: {
        ...aRequestDetail().policy,
        stages: [
          {
            name: 'owner',
            approvers: ['group:default/team-crm'],
            because: { text: '' },
          },
          {
            name: 'steward',
            approvers: ['group:default/stewards'],
            because: { text: 'email is personal' },
            columns: ['profiles.email'],
          },
        ],
      },
    });
    const api = await openList(anApi([asked]));
    expect(
      await screen.findByText('Without email nobody else has to agree.'),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', {
        name: /asks for 2 columns of Orders, 1 of them personal/,
      }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve without email' }),
    );
    await waitFor(() =>
      expect(api.called('decideRequest')).toEqual([
        [
          'req-1',
          1,
          {
            decision: 'approve',
            comment: expect.stringContaining('email'),
            narrowedScope: {
              level: 'read',
              tables: [{ table: 'profiles', columns: ['id'] }],
            },
            undoable: true,
          },
        ],
      ]),
    );
  });

  it('approves several, and says for each what came of it', async () => {
    const api = anApi();
    const conflict = await anAnswer(
      409,
      'ConflictError',
      'was decided meanwhile',
    );
    const decide = api.decideRequest.bind(api);
    api.decideRequest = async (id, version, decision) => {
      if (id === 'req-2') throw conflict;
      return decide(id, version, decision);
    };
    await openList(api);
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Select Orders · Profiles' }),
    );
    row('Ledger · Profiles').focus();
    await userEvent.keyboard('x');
    expect(screen.getByText('2 selected')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Approve…' }));
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Approve all' }),
    );
    expect(await inDialog().findByText('1 of 2 decided')).toBeInTheDocument();
    expect(
      inDialog().getByText('not decided: was decided meanwhile'),
    ).toBeInTheDocument();
    expect(inDialog().getByText('done')).toBeInTheDocument();
    await userEvent.click(inDialog().getByRole('button', { name: 'Close' }));
    // What failed stays selected.
    expect(await screen.findByText('1 selected')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'Orders · Profiles' }),
      ).toBeNull(),
    );
  });

  it('asks why before it rejects several', async () => {
    const api = await openList();
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Select Web · Profiles' }),
    );
    await userEvent.click(
      within(
        screen.getByRole('group', { name: /selected requests/ }),
      ).getByRole('button', { name: 'Reject…' }),
    );
    await waitFor(() => expect(screen.getByRole('dialog')).toBeInTheDocument());
    expect(
      inDialog().getByRole('button', { name: 'Reject all' }),
    ).toBeDisabled();
    fireEvent.change(inDialog().getByLabelText(/Comment/), {
      target: { value: 'no' },
    });
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Reject all' }),
    );
    await waitFor(() =>
      expect(api.called('decideRequest')).toEqual([
        ['req-3', 1, { decision: 'reject', comment: 'no' }],
      ]),
    );
  });

  it('filters by words and state in the address', async () => {
    const api = await openList(undefined, `${path}?view=all`);
    fireEvent.change(
      await screen.findByRole('searchbox', { name: 'Filter requests' }),
      { target: { value: 'crm' } },
    );
    await waitFor(() => expect(address()).toBe(`${path}?view=all&q=crm`));
    await userEvent.click(screen.getByRole('button', { name: /State/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Rejected' }),
    );
    await waitFor(() =>
      expect(address()).toBe(`${path}?view=all&q=crm&state=rejected`),
    );
    await waitFor(() =>
      expect(api.called('listRequests').pop()).toEqual([
        expect.objectContaining({ q: 'crm', state: ['rejected'] }),
      ]),
    );
    expect(await screen.findByText('No request matches')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear the filters' }),
    );
    await waitFor(() => expect(address()).toBe(`${path}?view=all`));
  });

  it('loads more by cursor', async () => {
    const api = anApi();
    const seen: RequestQuery[] = [];
    api.listRequests = async (
      query: RequestQuery = {},
    ): Promise<RequestPage> => {
      seen.push(query);
      return query.cursor
        ? { items: [three[2]] }
        : { items: three.slice(0, 2), nextCursor: 'c1' };
    };
    await openList(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Load more' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Web · Profiles' }),
    ).toBeInTheDocument();
    expect(seen.pop()?.cursor).toBe('c1');
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it.each([
    ['toDecide', 'Nothing waits for you', 'See all requests'],
    ['mine', 'You have not asked for anything', 'Find data products'],
    ['all', 'Nobody has asked for anything yet', 'Find data products'],
  ])('says what to do next where %s is empty', async (view, title, action) => {
    await openList(anApi([]), `${path}?view=${view}`);
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: action })).toBeInTheDocument();
  });

  it('has nothing beside an empty list', async () => {
    await openList(anApi([]));
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('heading', { level: 2 })).not.toBeInTheDocument();
    expect(
      screen.queryByRole('status', { name: 'Loading' }),
    ).not.toBeInTheDocument();
  });

  it('offers to try again after an error', async () => {
    const api = anApi();
    api.fail('listRequests', new TypeError('Failed to fetch'));
    await openList(api);
    expect(
      await screen.findByText('Could not load the requests'),
    ).toBeInTheDocument();
    api.heal();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Orders · Profiles' }),
    ).toBeInTheDocument();
  });

  it('names the permission that is lacking', async () => {
    const api = anApi();
    api.fail('listRequests', await anAnswer(403, 'NotAllowedError', 'no'));
    await openList(api);
    expect(
      await screen.findByText('data-mesh.request.read'),
    ).toBeInTheDocument();
  });

  it('has no preview on a narrow screen; rows lead to the detail', async () => {
    beNarrow(true);
    await openList();
    await userEvent.click(
      await screen.findByRole('link', { name: 'Ledger · Profiles' }),
    );
    await waitFor(() => expect(address()).toBe(`${path}/req-2`));
  });
});
