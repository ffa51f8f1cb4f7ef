import { ReactElement } from 'react';
import { Settings } from 'luxon';
import { ResponseError } from '@backstage/errors';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import {
  anAnswer,
  aPlan,
  aPlanStep,
  aPrincipal,
  aStep,
  inDays,
} from '../testing';
import { CodeWords } from './text/CodeWords';
import { EndsIn } from './state/EndsIn';
import { ErrorState } from './list/ErrorState';
import { messageOf } from './list/problemsOf';
import { MiddleEllipsis } from './text/MiddleEllipsis';
import { PlanView } from '../plan/PlanView';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { RelativeTime } from './text/RelativeTime';
import { ScopeSummary } from '../plan/ScopeSummary';
import { StateChip } from '../state/StateChip';

async function show(element: ReactElement) {
  return renderInTestApp(element);
}

describe('StateChip', () => {
  it.each([
    ['pending', 'Waiting for a decision'],
    ['provisioning', 'Being granted'],
    ['failed', 'Failed'],
    ['deprecated', 'Deprecated'],
    ['none', 'No access'],
    // A newer backend may know more states.
    ['quarantined', 'quarantined'],
  ])('says of %s: %s', async (state, words) => {
    await show(<StateChip state={state} />);
    expect(screen.getByText(words)).toBeInTheDocument();
  });

  it('knows that a step that is pending waits for nobody', async () => {
    await show(<StateChip state="pending" of="step" />);
    expect(screen.getByText('Not started')).toBeInTheDocument();
  });
});

describe('PrincipalLabel', () => {
  it('shows name and account, and keeps the ARN for the tooltip', async () => {
    await show(<PrincipalLabel principal={aPrincipal()} />);
    expect(screen.getByText('analytics-role')).toBeInTheDocument();
    expect(screen.getByText('acme-lakehouse …4321')).toBeInTheDocument();
    expect(
      screen.getByTitle('arn:aws:iam::210987654321:role/analytics-role'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy the identifier of analytics-role',
      }),
    ).toBeInTheDocument();
  });
});

describe('CodeWords', () => {
  it.each([
    ['Grant on `a.b` to `role`', ['a.b', 'role']],
    ['no names', []],
    ['an unpaired ` stays text', []],
    ['`a` and an unpaired ` too', ['a']],
  ])('%s', async (text, names) => {
    const { container } = await show(<CodeWords text={text} />);
    expect(
      [...container.querySelectorAll('code')].map(code => code.textContent),
    ).toEqual(names);
  });

  it('lets long names break after their dots and underscores', async () => {
    const text = '_sales_customer_360.customer_profiles (an_id) and `a.b_c`';
    const { container } = await show(
      <p>
        <CodeWords text={text} />
      </p>,
    );
    const words = container.querySelector('p') as HTMLElement;
    expect(words).toHaveTextContent(text.replace(/`/g, ''));
    expect(words.innerHTML).toContain(
      '_<wbr>sales_<wbr>customer_<wbr>360.<wbr>customer_<wbr>profiles (an_id) and',
    );
    expect(container.querySelector('code')?.innerHTML).toBe('a.b_c');
  });

  it('loses nothing to a mark without a partner', async () => {
    await show(
      <p>
        <CodeWords text="an unpaired ` stays text" />
      </p>,
    );
    expect(screen.getByText('an unpaired ` stays text')).toBeInTheDocument();
  });
});

describe('EndsIn', () => {
  it.each([
    [undefined, 'no end'],
    [inDays(40), 'ends in 40 days'],
    [inDays(9.5), 'ends in 9 days'],
    [inDays(1.5), 'ends in 1 day'],
    [inDays(-2.5), 'ended 2 days ago'],
  ])('%s', async (value, words) => {
    await show(<EndsIn value={value} />);
    expect(screen.getByText(words)).toBeInTheDocument();
  });
});

describe('times in a browser that prefers another language', () => {
  beforeEach(() => {
    Settings.defaultLocale = 'de';
  });
  afterEach(() => {
    Settings.defaultLocale = 'system';
  });

  it('are told in the language of the words around them', async () => {
    await show(
      <>
        <EndsIn value={inDays(30)} />
        <RelativeTime value={inDays(-3)} prefix="Asked" />
      </>,
    );
    expect(screen.getByText('ends in 30 days')).toBeInTheDocument();
    expect(screen.getByText('Asked 3 days ago')).toBeInTheDocument();
  });
});

it('MiddleEllipsis keeps the whole name for whoever points at it', async () => {
  const name = 'churn_scores_of_all_countries_2026_final';
  await show(<MiddleEllipsis text={name} />);
  expect(screen.getByTitle(name)).toHaveTextContent(name);
});

describe('ScopeSummary', () => {
  it('marks personal data, and never folds it away', async () => {
    const columns = Array.from({ length: 20 }, (_, at) => `column_${at}`);
    await show(
      <ScopeSummary
        scope={{
          level: 'read',
          tables: [{ table: 'profiles', columns, rowFilter: "country = 'DE'" }],
        }}
        sensitiveColumns={['profiles.column_19']}
      />,
    );
    const item = screen.getByRole('listitem');
    expect(item).toHaveTextContent('Read 20 columns of profiles, rows where');
    expect(screen.getByText('column_19')).toBeInTheDocument();
    expect(screen.getByText('Personal')).toBeInTheDocument();
    expect(screen.queryByText('column_18')).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '12 more' }));
    expect(screen.getByText('column_18')).toBeInTheDocument();
  });

  it('of a whole table lists only what is personal', async () => {
    await show(
      <ScopeSummary
        scope={{ level: 'read', tables: [{ table: 'profiles' }] }}
        sensitiveColumns={['email']}
      />,
    );
    expect(screen.getByRole('listitem')).toHaveTextContent(
      'Read all columns of profiles, all rows',
    );
    expect(screen.getByText('email')).toBeInTheDocument();
  });
});

describe('PlanView', () => {
  it('numbers what will be done, and passes over what is so already', async () => {
    await show(
      <PlanView
        plan={aPlan({
          steps: [
            aPlanStep({ id: 'a', words: { text: 'First' }, done: true }),
            aPlanStep({ id: 'b', words: { text: 'Second' } }),
          ],
          warnings: [{ text: 'The table `x` is large' }],
        })}
      />,
    );
    const [first, second] = within(
      screen.getByRole('list', { name: 'Steps' }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('–First (already so)');
    expect(second).toHaveTextContent('1Second…4321');
    expect(screen.getByText(/The table/)).toBeInTheDocument();
  });

  it('keeps the API calls folded until they are wanted', async () => {
    await show(<PlanView plan={aPlan()} />);
    expect(screen.queryByText(/GrantPermissions/)).not.toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '2 API calls' }));
    expect(screen.getAllByText(/GrantPermissions/)).toHaveLength(2);
    expect(screen.getAllByText(/"DataLakePrincipal/)).toHaveLength(2);
  });

  it('shows how far each step is, in order', async () => {
    const error = {
      code: 'ThrottlingException',
      message: 'Rate exceeded',
      at: inDays(0),
    };
    await show(
      <PlanView
        steps={[
          aStep({
            id: '4',
            position: 3,
            state: 'failed',
            lastError: {
              ...error,
              kind: 'permanent',
              advice: 'Ask for a higher quota',
            },
          }),
          aStep({ id: '1', position: 0, state: 'done', outcome: 'granted' }),
          aStep({ id: '2', position: 1, state: 'running' }),
          aStep({
            id: '3',
            position: 2,
            state: 'waiting',
            attempts: 2,
            nextAttemptAt: inDays(1.01),
            lastError: { ...error, kind: 'throttled' },
          }),
          aStep({ id: '5', position: 4, state: 'pending', direction: 'undo' }),
        ]}
        accountAliases={{ '210987654321': 'acme' }}
      />,
    );
    const rows = screen.getAllByRole('listitem');
    expect(
      rows.map(row =>
        within(row)
          .getByRole('img', { hidden: true })
          .getAttribute('aria-label'),
      ),
    ).toEqual(['done', 'running', 'waiting to retry', 'failed', 'not started']);
    expect(rows[0]).toHaveTextContent('granted');
    expect(rows[2]).toHaveTextContent(
      'Retry in 1 day · ThrottlingException: Rate exceeded · 2 attempts',
    );
    expect(rows[3]).toHaveTextContent('Ask for a higher quota');
    expect(rows[4]).toHaveTextContent('Revoke SELECT');
    expect(rows[0]).toHaveTextContent('acme …4321');
  });

  it('says that nothing needs to be done', async () => {
    await show(<PlanView plan={aPlan({ steps: [] })} />);
    expect(screen.getByText('Nothing needs to be done.')).toBeInTheDocument();
  });
});

describe('ErrorState', () => {
  it('says what failed, where, with which fields, and tries again', async () => {
    const retry = jest.fn();
    await show(
      <ErrorState
        error={await anAnswer(400, 'InputError', 'Bad request', [
          { field: 'purpose', reason: 'must not be empty' },
        ])}
        what="the requests"
        onRetry={retry}
      />,
    );
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('Could not load the requests');
    expect(alert).toHaveTextContent(
      'The data mesh backend answered 400: Bad request',
    );
    expect(alert).toHaveTextContent('purpose must not be empty');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it('names people as people, and cuts off what is not the backend’s own', async () => {
    await renderInTestApp(
      <ErrorState
        error={await anAnswer(
          409,
          'ConflictError',
          'It is the turn of group:default/team-shop',
        )}
        what="the requests"
      />,
      { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
    expect(screen.getByRole('link', { name: 'team-shop' })).toHaveAttribute(
      'href',
      '/catalog/default/group/team-shop',
    );
    const fromProxy = await ResponseError.fromResponse({
      ok: false,
      status: 502,
      statusText: 'Bad Gateway',
      url: 'http://localhost:7007/api/data-mesh/v1/requests',
      headers: new Headers(),
      text: async () => '<html><b>nginx</b></html>',
    } as Response);
    expect(messageOf(fromProxy)).toBe('Bad Gateway');
  });

  it.each([
    ['catalog', 'The catalog answered 503: down'],
    ['search', 'The backend of search answered 503: down'],
  ])('names the system that failed: %s', async (plugin, words) => {
    const error = await anAnswer(503, 'ServiceUnavailableError', 'down');
    Object.assign(error.response, {
      url: `http://localhost:7007/api/${plugin}/entities?limit=1`,
    });
    await show(<ErrorState error={error} what="the products" />);
    expect(screen.getByRole('alert')).toHaveTextContent(words);
  });

  it('tells a network that is down from a backend that refuses', async () => {
    await show(
      <ErrorState error={new TypeError('Failed to fetch')} what="it" />,
    );
    expect(screen.getByRole('alert')).toHaveTextContent('could not be reached');
  });

  it.each([
    [
      'that the backend names',
      'Needs the permission data-mesh.grants.read',
      undefined,
      'data-mesh.grants.read',
    ],
    [
      'that the page names',
      'No',
      'data-mesh.audit.read',
      'data-mesh.audit.read',
    ],
  ])('names the permission %s', async (_, message, permission, named) => {
    await show(
      <ErrorState
        error={await anAnswer(403, 'NotAllowedError', message)}
        what="the grants"
        permission={permission}
        onRetry={() => {}}
      />,
    );
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('You may not see the grants');
    expect(within(alert).getByText(named)).toBeInTheDocument();
    // Trying again would be refused again.
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
