import { isAbsolute, resolve } from 'path';
import { mockServices } from '@backstage/backend-test-utils';
import { readCatalogDirectoryConfig } from './catalogDirectory';

const read = (catalog?: object) =>
  readCatalogDirectoryConfig(
    mockServices.rootConfig({
      data: catalog ? { dataMesh: { catalog: { ...catalog } } } : {},
    }),
  );

describe('readCatalogDirectoryConfig', () => {
  it('finds none where none is configured', () => {
    expect(read()).toBeUndefined();
    expect(read({ allow: ['Domain'] })).toBeUndefined();
  });

  it('takes a relative directory from the working directory', () => {
    const directory = read({ directory: './published' });
    expect(directory?.path).toBe(resolve('published'));
    expect(isAbsolute(directory?.path ?? '')).toBe(true);
  });

  it('allows what a mesh is made of, but no users, unless told otherwise', () => {
    expect(read({ directory: 'd' })?.allow).toEqual([
      'domain',
      'group',
      'system',
      'dataproduct',
    ]);
    expect(read({ directory: 'd', allow: ['Domain'] })?.allow).toEqual([
      'domain',
    ]);
  });
});
