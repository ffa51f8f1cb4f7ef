import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anAnswer,
  anEntitlementDetail,
  aProduct,
  aRequestDetail,
  inDays,
} from '../testing';
import {
  aDeciderApi,
  inDialog,
  openRequest,
  press,
  write,
} from '../__testUtils__/requestDetail';
import { renderPage } from '../__testUtils__/renderPage';
import { RequestDetailPage } from './RequestDetailPage';

describe('RequestDetailPage', () => {
  it('says what it is, whose turn it is, and what will be done', async () => {
    await openRequest(aDeciderApi());
    expect(
      await screen.findByText('Waiting for you, as owner'),
    ).toBeInTheDocument();
    expect(screen.getByText('for 2 days')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Customer 360 · Profiles' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Marketing analytics')).toBeInTheDocument();
    expect(screen.getByText('30 days after it works')).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Steps' })).toHaveTextContent(
      'Grant DESCRIBE on database crm',
    );
  });

  it('approves with one press, in the version that was seen', async () => {
    const api = await openRequest(aDeciderApi({ version: 3 }));
    await press('Approve');
    await screen.findByText('Approved');
    expect(api.called('decideRequest')).toEqual([
      ['req-1', 3, { decision: 'approve' }],
    ]);
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it.each([
    ['Reject…', 'Reject', 'reject'],
    ['Ask for changes…', 'Ask for changes', 'request-changes'],
  ])('asks why before it does “%s”', async (open, submit, decision) => {
    const api = await openRequest(aDeciderApi());
    await press(open);
    expect(inDialog().getByRole('button', { name: submit })).toBeDisabled();
    expect(
      inDialog().getByText('Say why; the requester reads it.'),
    ).toBeInTheDocument();
    write('Comment', 'too much');
    await userEvent.click(inDialog().getByRole('button', { name: submit }));
    await waitFor(() =>
      expect(api.called('decideRequest')).toEqual([
        ['req-1', 1, { decision, comment: 'too much' }],
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('approves less than was asked for', async () => {
    const api = await openRequest(aDeciderApi());
    await press('Narrow…');
    expect(
      await inDialog().findByText('Nothing is narrowed yet.'),
    ).toBeInTheDocument();
    await userEvent.click(
      await inDialog().findByRole('checkbox', { name: 'segment' }),
    );
    write('Days', '31');
    expect(
      inDialog().getByText('Enter whole days between 1 and 30.'),
    ).toBeInTheDocument();
    write('Days', '7');
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Approve this' }),
    );
    await waitFor(() =>
      expect(api.called('decideRequest')).toEqual([
        [
          'req-1',
          1,
          {
            decision: 'approve',
            narrowedDurationDays: 7,
            narrowedScope: {
              level: 'read',
              tables: [{ table: 'profiles', columns: ['customer_id'] }],
            },
          },
        ],
      ]),
    );
  });

  it('says what changed when somebody was faster, and keeps what was typed', async () => {
    const api = await openRequest(aDeciderApi());
    await press('Reject…');
    write('Comment', 'not for this purpose');
    api.requests = [
      aRequestDetail({
        version: 2,
        state: 'approved',
        actions: ['comment'],
        decisions: [
          {
            id: 'd1',
            actorRef: 'user:default/kim',
            decision: 'approve',
            stage: 0,
            at: new Date().toISOString(),
          },
        ],
      }),
    ];
    api.fail('decideRequest', await anAnswer(409, 'ConflictError', 'changed'));
    await userEvent.click(inDialog().getByRole('button', { name: 'Reject' }));
    const notice = await inDialog().findByRole('alert');
    expect(notice).toHaveTextContent('changed while you were looking');
    expect(notice).toHaveTextContent('kim decided');
    expect(notice).toHaveTextContent('it is now: Approved');
    expect(inDialog().getByLabelText(/Comment/)).toHaveValue(
      'not for this purpose',
    );
    expect(inDialog().getByRole('button', { name: 'Reject' })).toBeDisabled();
  });

  it('shows a failed decision and lets it be tried again', async () => {
    const api = await openRequest(aDeciderApi());
    api.fail('decideRequest', await anAnswer(500, 'Error', 'database is gone'));
    await press('Approve');
    expect(
      await screen.findByText('The decision was not saved'),
    ).toBeInTheDocument();
    api.heal();
    await press('Approve');
    expect(await screen.findByText('Approved')).toBeInTheDocument();
  });

  it('does not show what the caller may not do, and says why', async () => {
    await openRequest(
      aDeciderApi({
        actions: ['withdraw', 'comment'],
        whyNotDecide: 'You made this request yourself',
      }),
    );
    expect(
      await screen.findByText('You made this request yourself'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Reject…' })).toBeNull();
  });

  it('withdraws, with or without a reason', async () => {
    const api = await openRequest(
      aDeciderApi({ actions: ['withdraw', 'comment'] }),
    );
    await press('Withdraw…');
    await userEvent.click(inDialog().getByRole('button', { name: 'Withdraw' }));
    await waitFor(() =>
      expect(api.called('withdrawRequest')).toEqual([['req-1', 1, undefined]]),
    );
  });

  it('leads to the form to change a request', async () => {
    await openRequest(
      aDeciderApi({ state: 'changes-requested', actions: ['revise'] }),
    );
    expect(
      await screen.findByRole('button', { name: 'Change the request' }),
    ).toHaveAttribute(
      'href',
      '/data-mesh/request/default/customer-360?revise=req-1',
    );
  });

  it('adds a comment, and keeps one that was not saved', async () => {
    const api = await openRequest(aDeciderApi());
    const box = await screen.findByLabelText('Comment');
    fireEvent.change(box, { target: { value: 'Which market?' } });
    api.fail('commentRequest', await anAnswer(500, 'Error', 'no'));
    await press('Comment');
    await screen.findByText('The comment was not saved. It is still here.');
    expect(box).toHaveValue('Which market?');
    api.heal();
    await press('Comment');
    expect(await screen.findByText('“Which market?”')).toBeInTheDocument();
    expect(box).toHaveValue('');
  });

  it('tells the history with what each change changed', async () => {
    await openRequest(
      aDeciderApi({
        revisions: [
          {
            number: 1,
            authorRef: 'user:default/ana.ruiz',
            at: new Date().toISOString(),
            before: {
              scope: { level: 'read', tables: [{ table: 'profiles' }] },
              purpose: 'operations',
              durationDays: 90,
            },
          },
        ],
      }),
    );
    const history = await screen.findByRole('region', { name: 'History' });
    expect(history).toHaveTextContent('asked for all of profiles, 90 days');
    expect(history).toHaveTextContent(
      'profiles: only customer_id and segment instead of all columns',
    );
    expect(history).toHaveTextContent('30 days instead of 90 days');
    expect(history).toHaveTextContent(
      'purpose Marketing analytics instead of Operations',
    );
  });

  it.each([
    [403, 'NotAllowedError', 'You may not see this request'],
    [404, 'NotFoundError', 'There is no such request'],
    [503, 'ServiceUnavailableError', 'Could not load this request'],
  ])('says why it cannot be shown (%d)', async (status, name, text) => {
    const api = aDeciderApi();
    api.fail('getRequest', await anAnswer(status, name, 'no'));
    await openRequest(api);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('shows whoever asked no advice for deciding', async () => {
    await openRequest(
      aDeciderApi({
        state: 'changes-requested',
        actions: ['revise', 'withdraw', 'comment'],
      }),
    );
    await screen.findByRole('heading', { name: 'What will happen' });
    expect(
      screen.queryByRole('heading', { name: 'Before you decide' }),
    ).not.toBeInTheDocument();
  });

  it('does not promise what will not happen any more', async () => {
    await openRequest(aDeciderApi({ state: 'rejected', actions: ['comment'] }));
    expect(
      await screen.findByRole('heading', { name: 'What would have been done' }),
    ).toBeInTheDocument();
  });

  it('says when the access ended, not when it would have', async () => {
    const api = aDeciderApi({
      state: 'approved',
      entitlementId: 'ent-1',
      actions: ['comment'],
    });
    api.entitlements = [
      anEntitlementDetail({
        state: 'revoked',
        expiresAt: inDays(30),
        endedAt: inDays(-2),
      }),
    ];
    await openRequest(api);
    expect(await screen.findByText('Revoked 2 days ago')).toBeInTheDocument();
    expect(screen.queryByText(/ends in/)).not.toBeInTheDocument();
  });

  it('says why there is no plan', async () => {
    await openRequest(
      aDeciderApi({ plan: undefined, planError: 'Glue does not answer' }),
    );
    expect(
      await screen.findByText('There is no plan: Glue does not answer'),
    ).toBeInTheDocument();
  });

  it('shows before the decision what the principal has already', async () => {
    await openRequest(
      aDeciderApi({
        sensitiveColumns: ['profiles.customer_email'],
        existing: [
          {
            type: 'request',
            id: 'req-0',
            state: 'pending',
            principal: aRequestDetail().principal.id,
            scope: aRequestDetail().scope,
            relation: 'covers',
          },
        ],
      }),
    );
    const before = await screen.findByRole('region', {
      name: 'Before you decide',
    });
    expect(before).toHaveTextContent('One column is personal data.');
    expect(before).toHaveTextContent('analytics-role has asked already');
    expect(before).toHaveTextContent(
      'All that is asked for here is in it already.',
    );
  });

  it('does not depend on the product being in the catalog to narrow the time', async () => {
    const api = aDeciderApi({
      scope: { level: 'read', tables: [{ table: 'profiles' }] },
    });
    await renderPage(<RequestDetailPage />, {
      path: '/data-mesh/requests/:id',
      at: '/data-mesh/requests/req-1',
      api,
      entities: [aProduct({ name: 'other' })],
    });
    await press('Narrow…');
    expect(
      await inDialog().findByText(/Only the time can be shortened/),
    ).toBeInTheDocument();
    write('Days', '3');
    expect(
      inDialog().getByRole('button', { name: 'Approve this' }),
    ).toBeEnabled();
  });
});
