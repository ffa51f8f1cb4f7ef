/**
 * The parts of npm test, each a command and how to count what it ran.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function countJest(file) {
  const report = readJson(file);
  if (!report) return undefined;
  const broken = report.testResults.filter(
    suite => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countPlaywright(file) {
  const stats = readJson(file)?.stats;
  return (
    stats && {
      passed: stats.expected,
      // A test that passed on a second try did not pass.
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }
  );
}

/**
 * @param options.root - of the repository
 * @param options.results - folder for the reports of the runners
 * @param options.ports - for the portal of the browser tests
 * @param options.nodeOptions - of Node for Jest
 */
export function testParts({ root, results, ports, nodeOptions }) {
  const bin = (pkg, file) => join(root, 'node_modules', pkg, 'bin', file);
  const backstage = bin('@backstage/cli', 'backstage-cli');
  const jestReport = join(results, 'jest.json');
  const browserReport = join(results, 'playwright.json');
  return [
    {
      name: 'unit and integration',
      args: [
        backstage,
        'repo',
        'test',
        '--watch=false',
        '--maxWorkers=2',
        '--workerIdleMemoryLimit=1.5GB',
        '--json',
        `--outputFile=${jestReport}`,
      ],
      env: { NODE_OPTIONS: nodeOptions },
      quietStdout: true,
      count: () => countJest(jestReport),
    },
    {
      name: 'types',
      // Writes the declarations that the API reports are made of, which stand
      // in another order where a build before has left its state.
      args: [bin('typescript', 'tsc'), '--incremental', 'false'],
    },
    {
      name: 'generated code',
      args: [join(root, 'scripts', 'generate-openapi.mjs'), '--check'],
    },
    {
      name: 'generated policies',
      args: [join(root, 'scripts', 'generate-iam.mjs'), '--check'],
    },
    {
      name: 'lint',
      args: [backstage, 'repo', 'lint'],
    },
    {
      name: 'shape',
      args: [join(root, 'scripts', 'check-shape.mjs')],
    },
    {
      name: 'format',
      args: [
        join(root, 'node_modules', 'prettier', 'bin-prettier.js'),
        '--check',
        '--loglevel',
        'warn',
        '.',
      ],
    },
    {
      name: 'package metadata',
      args: [backstage, 'repo', 'fix', '--publish', '--check'],
    },
    {
      name: 'API reports',
      after: 'types',
      args: [join(root, 'scripts', 'api-reports.mjs'), '--ci'],
      // Where the types were not checked, it writes the declarations itself.
      argsAfter: ['--declared'],
    },
    {
      name: 'configuration',
      args: [
        backstage,
        'config:check',
        '--strict',
        '--lax',
        '--config',
        join(root, 'app-config.yaml'),
        '--config',
        join(root, 'app-config.postgres.yaml'),
      ],
    },
    {
      name: 'browser',
      args: [
        join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
        'test',
      ],
      env: {
        LAKEMESH_PORT: String(ports.portal),
        LAKEMESH_EMULATOR_PORT: String(ports.emulator),
        PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
      },
      count: () => countPlaywright(browserReport),
    },
  ];
}
