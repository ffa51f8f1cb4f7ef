import { ConfigReader } from '@backstage/config';
import { defaultScanConfig, readScanConfig } from './scanConfig';

const read = (dataMesh: object) =>
  readScanConfig(new ConfigReader({ dataMesh } as never));

describe('readScanConfig', () => {
  it('has a default for everything', () => {
    expect(read({})).toEqual(defaultScanConfig);
  });

  it('reads what is configured', () => {
    expect(
      read({
        scan: {
          frequency: { minutes: 15 },
          timeout: 'PT2H',
          haltAbovePercent: 5,
        },
        drift: { automatic: { excess: 'revoke' }, reapplyPerMinute: 3 },
      }),
    ).toEqual({
      ...defaultScanConfig,
      frequency: { minutes: 15 },
      timeout: { hours: 2 },
      haltAbovePercent: 5,
      reapplyPerMinute: 3,
      automatic: { missing: 'none', excess: 'revoke', residue: 'none' },
    });
  });

  it.each([
    [
      { scan: { haltAbovePercent: 101 } },
      'dataMesh.scan.haltAbovePercent is 101, expected a whole number from 1 to 100',
    ],
    [
      { scan: { checksPerScan: 1.5 } },
      'dataMesh.scan.checksPerScan is 1.5, expected a whole number from 0',
    ],
    [
      { drift: { automatic: { missing: 'revoke' } } },
      "dataMesh.drift.automatic.missing is 'revoke', expected 'reapply' or 'none'",
    ],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
