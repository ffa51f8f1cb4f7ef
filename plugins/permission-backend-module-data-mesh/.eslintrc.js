module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The conditions of a plugin's permissions are exported by its backend, and
    // who is in a group is answered by this one's.
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
