import { SERVICES } from '../routeService';
import { ConformanceReport } from './ConformanceReport';
import { Endpoint, openEndpoint } from './Endpoint';
import { notSupported } from './notSupported';
import { ALL_OPERATIONS } from './operations';
import { openWorld } from './World';

/*
 * Against this package's emulator, or any endpoint:
 *
 *   LAKE_FORMATION_ENDPOINT=http://127.0.0.1:4566 backstage-cli package test conformance
 */
let endpoint: Endpoint;
let report: ConformanceReport;

beforeAll(async () => {
  endpoint = await openEndpoint();
  report = new ConformanceReport(endpoint.url);
});

afterAll(async () => {
  // Jest loses what workers write to the standard output themselves.
  // eslint-disable-next-line no-console
  console.info(report.summary());
  await endpoint.stop();
});

describe.each(
  ALL_OPERATIONS.map(one => [`${one.service}:${one.operation}`, one] as const),
)('%s', (operation, { cases }) => {
  it.each(Object.entries(cases))('%s', async (name, check) => {
    try {
      const world = await openWorld(endpoint);
      try {
        await check(world);
      } finally {
        await world.end();
      }
      report.holds();
    } catch (error) {
      const reason = notSupported(error);
      if (reason === undefined) {
        report.fails();
        throw error;
      }
      report.lacks(operation, name, reason);
    }
  });
});

describe('the suite', () => {
  const covered = ALL_OPERATIONS.map(
    ({ service, operation }) => `${service}:${operation}`,
  );

  it('has cases for every operation that the emulator has', () => {
    const emulated = SERVICES.flatMap(({ name, operations }) =>
      Object.keys(operations).map(operation => `${name}:${operation}`),
    );
    expect(emulated.filter(one => !covered.includes(one))).toEqual([]);
  });

  it('has each operation once', () => {
    expect(new Set(covered).size).toBe(covered.length);
  });

  it('finds nothing that the emulator does not support', () => {
    const expected = endpoint.isOurs ? [] : report.missing;
    expect(report.missing).toEqual(expected);
  });
});
