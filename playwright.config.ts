import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = process.env.LAKEMESH_PORT ?? '7107';
const emulatorPort = process.env.LAKEMESH_EMULATOR_PORT ?? '4666';

// Read by the tests, which run in processes of their own.
process.env.LAKEMESH_EMULATOR_URL = `http://127.0.0.1:${emulatorPort}`;

// What the template publishes goes with the tests. Told by the environment: the
// configuration is read once in each process.
process.env.LAKEMESH_PUBLISHED ??= mkdtempSync(
  join(tmpdir(), 'lakemesh-published-'),
);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  // One portal, whose state the tests share.
  workers: 1,
  // Long, since a slow machine is no failure.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [
    ['list'],
    ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json'] as const] : []),
  ] as [['list'], ...Array<['json']>],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    // Without a picture of every frame, which costs two fifths of the CPU.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node scripts/start.mjs --port ${port} --emulator-port ${emulatorPort}`,
    url: `http://localhost:${port}/api/auth/demo-users`,
    timeout: 600_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
    env: {
      APP_CONFIG_dataMesh_catalog_directory: JSON.stringify(
        process.env.LAKEMESH_PUBLISHED,
      ),
      // Undone in time by slow machines too.
      APP_CONFIG_dataMesh_policy_undoSeconds: '60',
    },
  },
});
