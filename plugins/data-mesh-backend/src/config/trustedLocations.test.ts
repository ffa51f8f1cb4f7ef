import { mockServices } from '@backstage/backend-test-utils';
import {
  isFromTrustedLocation,
  readTrustedLocations,
} from './trustedLocations';

const read = (trustedLocations: string[]) =>
  readTrustedLocations(
    mockServices.rootConfig({ data: { dataMesh: { trustedLocations } } }),
  );

const from = (origin?: string) => ({
  metadata: {
    name: 'x',
    ...(origin && {
      annotations: { 'backstage.io/managed-by-origin-location': origin },
    }),
  },
});

describe('trusted locations', () => {
  const main = 'url:https://github.com/acme/catalog/blob/main/*';

  it.each([
    ['a file below', `${main.slice(0, -1)}domains/sales.yaml`, true],
    ['another branch', 'url:https://github.com/acme/catalog/blob/dev/a', false],
    [
      'another repository',
      'url:https://github.com/acme/other/blob/main/a',
      false,
    ],
    ['another case', 'url:https://github.com/acme/Catalog/blob/main/a', false],
    [
      'a path that leads out again',
      'url:https://github.com/acme/catalog/blob/main/../../../../evil/a',
      false,
    ],
    [
      'a path that leads out, encoded',
      'url:https://github.com/acme/catalog/blob/main/%2e%2E/a',
      false,
    ],
    ['another type', 'file:https://github.com/acme/catalog/blob/main/a', false],
    ['no origin at all', undefined, false],
  ])('%s: %s is %s', (_, origin, expected) => {
    expect(isFromTrustedLocation(read([main]), from(origin))).toBe(expected);
  });

  it('are none by default', () => {
    expect(readTrustedLocations(mockServices.rootConfig())).toEqual([]);
    expect(isFromTrustedLocation([], from('file:/a'))).toBe(false);
  });

  it.each(['https', '*', ''])('refuse %j', pattern => {
    expect(() => read(['file:*/mesh/*', pattern])).toThrow(
      /dataMesh\.trustedLocations\[1\]/,
    );
  });
});
