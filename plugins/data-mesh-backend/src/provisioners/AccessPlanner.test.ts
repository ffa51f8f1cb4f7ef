import { aProduct } from '../testing/meshFixture';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import { AccessPlanner, failureInWords } from './AccessPlanner';

const [port] = aProduct().spec.outputPorts;
const intent = {
  port,
  scope: { level: 'read' as const, tables: [{ table: 'orders' }] },
  principal: { id: 'fake:a', kind: 'other' as const, name: 'a' },
};

describe('AccessPlanner', () => {
  it('gives up on a system that does not answer, and tells it to stop', async () => {
    const provisioner = new FakeProvisioner();
    const hold = provisioner.holdNext('resolve');
    const planned = await new AccessPlanner({ timeoutMs: 5 }).plan(
      provisioner,
      intent,
    );
    expect(planned).toEqual({
      ok: false,
      error: {
        code: 'Timeout',
        message: 'Fake lake gave no answer within 0.005 s',
        kind: 'transient',
      },
    });
    hold.release();
  });
});

describe('failureInWords', () => {
  it.each([
    [{ code: 'X', message: 'No such table' }, 'X: No such table'],
    [{ code: 'X', message: 'X: no such table' }, 'X: no such table'],
    [
      { code: 'X', message: 'Denied', advice: 'Ask an admin' },
      'X: Denied. Ask an admin',
    ],
  ])('says %j', (error, words) => {
    expect(failureInWords({ ...error, kind: 'permanent' })).toBe(words);
  });
});
