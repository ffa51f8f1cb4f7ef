import { mockServices } from '@backstage/backend-test-utils';
import { sendOrWarn } from './sendOrWarn';

describe('sendOrWarn', () => {
  it.each([
    [new Error('no broker'), 'no broker'],
    ['nobody listens', 'nobody listens'],
  ])('logs why it could not send: %s', async (thrown, reason) => {
    const logger = mockServices.logger.mock();
    const warned = new Promise(resolve =>
      logger.warn.mockImplementation((...args) => resolve(args)),
    );
    sendOrWarn(logger, 'event about a request', () => Promise.reject(thrown));
    expect(await warned).toEqual([
      'The event about a request could not be sent',
      { reason },
    ]);
  });

  it('has nothing to say where it could', async () => {
    const logger = mockServices.logger.mock();
    const sent = Promise.resolve();
    sendOrWarn(logger, 'event about a request', () => sent);
    await sent;
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
