import { renderInTestApp } from '@backstage/frontend-test-utils';
import { discoveryApiRef } from '@backstage/core-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DemoSignInPage } from './DemoSignInPage';

const AUTH = 'http://auth';
const ana = {
  userRef: 'user:default/ana.ruiz',
  displayName: 'Ana Ruiz',
  role: 'Data analyst',
  groups: ['Team Analytics'],
};
const session = {
  profile: { displayName: 'Ana Ruiz' },
  backstageIdentity: {
    token: 'token',
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: ana.userRef,
      ownershipEntityRefs: [ana.userRef],
    },
  },
};

const ok = (body: object) => new Response(JSON.stringify(body));
const refused = (message: string, status: number) =>
  new Response(
    JSON.stringify({
      error: { name: 'Error', message },
      response: { statusCode: status },
    }),
    { status, headers: { 'content-type': 'application/json' } },
  );

describe('DemoSignInPage', () => {
  const answers: Record<string, () => Response> = {};
  const asked: Array<[string, Headers]> = [];
  const onSignInSuccess = jest.fn();
  const realFetch = global.fetch;

  beforeEach(() => {
    window.sessionStorage.clear();
    onSignInSuccess.mockReset();
    asked.length = 0;
    answers[`${AUTH}/demo-users`] = () => ok({ items: [ana] });
    answers[`${AUTH}/demo/refresh`] = () => ok(session);
    global.fetch = async (input, init) => {
      asked.push([String(input), new Headers(init?.headers)]);
      return answers[String(input)]();
    };
  });
  afterEach(() => {
    global.fetch = realFetch;
  });

  function show() {
    return renderInTestApp(
      <DemoSignInPage onSignInSuccess={onSignInSuccess} />,
      { apis: [[discoveryApiRef, { getBaseUrl: async () => AUTH }]] },
    );
  }

  it('shows who may be signed in as, with role and groups', async () => {
    show();

    const card = await screen.findByRole('button', { name: /Ana Ruiz/ });
    expect(card).toHaveTextContent('Data analyst');
    expect(card).toHaveTextContent('Team Analytics');
  });

  it('signs in as the chosen user and remembers it for this tab', async () => {
    show();
    await userEvent.click(
      await screen.findByRole('button', { name: /Ana Ruiz/ }),
    );

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const identity = onSignInSuccess.mock.calls[0][0];
    expect(await identity.getCredentials()).toEqual({ token: 'token' });
    expect(await identity.getProfileInfo()).toEqual(session.profile);
    const [, headers] = asked.find(([url]) => url.endsWith('/refresh')) ?? [];
    expect(headers?.get('x-demo-user')).toBe(ana.userRef);
  });

  it('signs in again after a reload, and not after a sign-out', async () => {
    const first = show();
    await userEvent.click(
      await screen.findByRole('button', { name: /Ana Ruiz/ }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    first.unmount();

    const second = show();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(2));
    await onSignInSuccess.mock.calls[1][0].signOut();
    second.unmount();

    show();
    await screen.findByRole('button', { name: /Ana Ruiz/ });
    expect(onSignInSuccess).toHaveBeenCalledTimes(2);
  });

  it('says why a sign-in was refused and lets choose again', async () => {
    answers[`${AUTH}/demo/refresh`] = () => refused('User not found', 404);
    show();
    await userEvent.click(
      await screen.findByRole('button', { name: /Ana Ruiz/ }),
    );

    expect(await screen.findByText(/User not found/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Ana Ruiz/ })).toBeEnabled();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });

  it('survives a list that cannot be read, and reads it on retry', async () => {
    answers[`${AUTH}/demo-users`] = () => refused('Not found', 404);
    show();

    expect(
      await screen.findByText(/list of users could not be read/),
    ).toBeInTheDocument();
    answers[`${AUTH}/demo-users`] = () => ok({ items: [ana] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /Ana Ruiz/ }),
    ).toBeInTheDocument();
  });
});
