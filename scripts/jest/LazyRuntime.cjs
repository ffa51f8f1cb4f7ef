/**
 * Jest's runtime, which leaves parts of Backstage unloaded that no test of ours
 * uses: readers of GitHub, Azure and Google, clients of Redis and MySQL. Every
 * test file loads its modules anew, and these are a third of them.
 */
const { dirname, join } = require('node:path');
const { default: JestRuntime } = require(require.resolve('jest-runtime', {
  paths: [require.resolve('jest')],
}));

/** Modules with named exports only that are used late or never. */
const RARELY_USED =
  /\/(UrlReaders|CacheManager|createConfigSecretEnumerator|redis|valkey|memcache|mysql)\.cjs\.js$/;

const URL_READER_FACTORY = join(
  dirname(require.resolve('@backstage/backend-defaults/package.json')),
  'dist/entrypoints/urlReader/urlReaderServiceFactory.cjs.js',
);

/** Stands for a module until something of it is asked for. */
function lazily(load) {
  let loaded;
  const real = () => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => Reflect.get(real(), name),
      has: (_, name) => Reflect.has(real(), name),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(real(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}

const TEST_UTILS = '/node_modules/@backstage/backend-test-utils/';

module.exports = class LazyRuntime extends JestRuntime {
  requireModuleOrMock(from, moduleName) {
    if (
      moduleName === '@backstage/backend-defaults/urlReader' &&
      from.includes(TEST_UTILS)
    ) {
      // Of all readers it takes the factory only, which loads them late.
      return super.requireModuleOrMock(from, URL_READER_FACTORY);
    }
    const load = () => super.requireModuleOrMock(from, moduleName);
    return RARELY_USED.test(moduleName) &&
      from.includes('/node_modules/@backstage/backend-')
      ? lazily(load)
      : load();
  }
};
