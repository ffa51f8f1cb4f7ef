import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { defaultWorkerConfig, readWorkerConfig } from './workerConfig';

const read = (worker?: JsonObject) =>
  readWorkerConfig(new ConfigReader({ dataMesh: { worker } }));

describe('readWorkerConfig', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual(defaultWorkerConfig);
  });

  it('takes what is configured', () => {
    const worker = {
      pollSeconds: 0.5,
      leaseSeconds: 30,
      concurrency: 2,
      maxAttempts: 3,
      backoff: { initialMs: 10, maxMs: 20 },
    };
    expect(read(worker)).toEqual(worker);
  });

  it.each([
    [
      { concurrency: 1.5 },
      'dataMesh.worker.concurrency is 1.5, expected a whole number above 0',
    ],
    [
      { maxAttempts: 0 },
      'dataMesh.worker.maxAttempts is 0, expected a whole number above 0',
    ],
    [
      { leaseSeconds: -1 },
      'dataMesh.worker.leaseSeconds is -1, expected a number above 0',
    ],
    [
      { backoff: { maxMs: 0 } },
      'dataMesh.worker.backoff.maxMs is 0, expected a number above 0',
    ],
  ])('refuses %j', (worker, message) => {
    expect(() => read(worker)).toThrow(message);
  });
});
