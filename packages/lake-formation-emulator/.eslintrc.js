module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Cases of tests, which one file runs as tests.
      files: ['src/conformance/**'],
      rules: {
        '@backstage/no-undeclared-imports': 'off',
        'jest/no-standalone-expect': 'off',
        'jest/expect-expect': 'off',
      },
    },
  ],
});
