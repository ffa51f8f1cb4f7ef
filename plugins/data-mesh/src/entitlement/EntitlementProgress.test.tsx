import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEntitlementDetail, aPlanStep, aStep } from '../testing';
import {
  aDeciderApi,
  inDialog,
  openRequest,
  press,
  write,
} from '../__testUtils__/requestDetail';

describe('EntitlementProgress', () => {
  it('follows the steps while access is being granted', async () => {
    const api = aDeciderApi({
      state: 'approved',
      entitlementId: 'ent-1',
      actions: ['comment'],
    });
    const first = aStep({
      step: aPlanStep({ words: { text: 'Grant DESCRIBE' } }),
    });
    const second = aStep({ id: 's2', position: 1, state: 'running' });
    api.entitlements = [
      anEntitlementDetail({
        state: 'provisioning',
        activatedAt: undefined,
        steps: [first, second],
      }),
    ];
    await openRequest(api);
    expect(await screen.findByText('Being granted')).toBeInTheDocument();
    api.entitlements = [
      anEntitlementDetail({ steps: [first, { ...second, state: 'done' }] }),
    ];
    expect(await screen.findByText('Active')).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'What was done' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Access is in force/)).toBeInTheDocument();
  });

  it('shows the step that failed in the words of AWS, and retries', async () => {
    const error = {
      code: 'AccessDeniedException',
      message: 'Insufficient Lake Formation permission(s)',
      kind: 'permanent' as const,
      advice: 'Make the role of the portal an administrator.',
      at: new Date().toISOString(),
    };
    const api = aDeciderApi({
      state: 'approved',
      entitlementId: 'ent-1',
      actions: ['comment'],
    });
    api.entitlements = [
      anEntitlementDetail({
        state: 'failed',
        failedFrom: 'provisioning',
        activatedAt: undefined,
        version: 5,
        actions: ['retry', 'revoke'],
        error,
        steps: [aStep({ state: 'failed', attempts: 3, lastError: error })],
      }),
    ];
    await openRequest(api);
    const alert = await screen.findByText(/Granting failed/);
    expect(alert).toHaveTextContent(
      'AWS answered AccessDeniedException: Insufficient Lake Formation permission(s)',
    );
    expect(alert).toHaveTextContent(error.advice);
    await press('Retry');
    await waitFor(() =>
      expect(api.called('retryEntitlement')).toEqual([['ent-1', 5]]),
    );
    expect(await screen.findByText('Being granted')).toBeInTheDocument();
  });

  it('revokes after it has shown what is lost', async () => {
    const api = aDeciderApi({
      state: 'approved',
      entitlementId: 'ent-1',
      actions: ['comment'],
    });
    api.entitlements = [anEntitlementDetail({ actions: ['revoke'] })];
    await openRequest(api);
    await press('Revoke…');
    expect(
      await inDialog().findByText('What is taken away'),
    ).toBeInTheDocument();
    expect(inDialog().getByText('What stays')).toBeInTheDocument();
    expect(
      inDialog().getByRole('button', { name: 'Revoke access' }),
    ).toBeDisabled();
    write('Reason', 'project over');
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Revoke access' }),
    );
    await waitFor(() =>
      expect(api.called('revokeEntitlement')).toEqual([
        ['ent-1', 1, 'project over'],
      ]),
    );
    expect(await screen.findByText('Being removed')).toBeInTheDocument();
  });
});
