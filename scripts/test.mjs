/**
 * npm test: everything that has to hold. Goes on after a part that fails.
 *
 *   npm test -- [--only "lint,unit and integration"]
 *
 * PostgreSQL is tested where BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
 * names a server.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from './lib/ports.mjs';
import { testParts } from './lib/testParts.mjs';
import { ensureToolchain, root } from './lib/toolchain.mjs';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/**
 * How many parts run side by side. The tests take longest and come first; while
 * they wait for a database or a page, the other lane has the machine.
 */
const LANES = 2;

/** Runs a part; where others run beside it, its output is shown when it ends. */
function run(part, { node, env, args, isShown }) {
  return new Promise(resolve => {
    const shown = isShown ? 'inherit' : 'pipe';
    const child = spawn(node, args, {
      cwd: root,
      env: { ...env, ...part.env },
      stdio: ['ignore', part.quietStdout ? 'ignore' : shown, shown],
    });
    const output = [];
    child.stdout?.on('data', data => output.push(data));
    child.stderr?.on('data', data => output.push(data));
    const forward = signal => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    const done = ok => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      if (!isShown) {
        console.log(`\n=== ${part.name}`);
        process.stdout.write(Buffer.concat(output));
      }
      resolve(ok);
    };
    child.once('error', error => {
      console.error(`${part.name} could not be run: ${error.message}`);
      done(false);
    });
    child.once('close', code => done(code === 0));
  });
}

/**
 * Runs parts in their order, each after the one that it takes the outcome of:
 * the lane of that one takes it next.
 */
async function runAll(parts, runPart) {
  const outcomes = new Map();
  const waiting = [...parts];
  const isNamed = name => parts.some(part => part.name === name);
  const next = () => {
    const index = waiting.findIndex(
      ({ after }) => !after || !isNamed(after) || outcomes.has(after),
    );
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  const perform = async part => {
    const args = outcomes.get(part.after)?.ok
      ? [...part.args, ...part.argsAfter]
      : part.args;
    // One only: what the others print comes between its lines in one piece.
    const isShown = part === parts[0];
    if (isShown) console.log(`\n=== ${part.name}`);
    const start = Date.now();
    const ok = await runPart(part, { args, isShown });
    const seconds = Math.round((Date.now() - start) / 1000);
    outcomes.set(part.name, { ok, seconds });
  };
  const lane = async () => {
    for (let part = next(); part; part = next()) await perform(part);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return parts.map(part => ({ part, ...outcomes.get(part.name) }));
}

const CONTEXT_FRAME = '--experimental-async-context-frame';

/**
 * Node 22 runs a hook for every promise and every AsyncLocalStorage there ever
 * was, which a long run of tests has hundreds of. Node 24 has no such hook.
 */
function nodeOptions({ node, env }) {
  const { stdout } = spawnSync(
    node,
    ['-p', `process.allowedNodeEnvironmentFlags.has('${CONTEXT_FRAME}')`],
    { encoding: 'utf8' },
  );
  return [env.NODE_OPTIONS, stdout?.trim() === 'true' && CONTEXT_FRAME]
    .filter(Boolean)
    .join(' ');
}

/** A part without counts of its own counts as one check. */
function countsOf(part, ok) {
  const counts = part.count?.() ?? {
    passed: ok ? 1 : 0,
    failed: ok ? 0 : 1,
    skipped: 0,
  };
  // Failed as a whole though no test of it did: a crash is a failure too.
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function printTable(rows) {
  const width = Math.max(...rows.map(row => row.name.length));
  const cell = value => String(value).padStart(8);
  const line = (name, ...cells) =>
    console.log(`${name.padEnd(width)}${cells.map(cell).join('')}`);
  console.log();
  line('part', 'passed', 'failed', 'skipped', 'time');
  for (const { name, counts, seconds } of rows) {
    line(name, counts.passed, counts.failed, counts.skipped, `${seconds} s`);
  }
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const toolchain = ensureToolchain();
  const results = join(root, 'test-results', 'reports');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });

  const all = testParts({
    root,
    results,
    ports: { portal: await freePort(), emulator: await freePort() },
    nodeOptions: nodeOptions(toolchain),
  });
  const wanted = values.only?.split(',').map(name => name.trim());
  const unknown = wanted?.filter(name => !all.some(part => part.name === name));
  if (unknown?.length) {
    throw new Error(
      `--only names ${unknown.join(', ')}, expected some of: ${all
        .map(part => part.name)
        .join(', ')}`,
    );
  }
  const env = {
    ...toolchain.env,
    CI: '1',
    // There is a server or there is none; containers are never started.
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
  };

  const outcomes = await runAll(
    all.filter(part => !wanted || wanted.includes(part.name)),
    (part, how) => run(part, { ...toolchain, env, ...how }),
  );
  const rows = outcomes.map(({ part, ok, seconds }) => ({
    name: part.name,
    ok,
    counts: countsOf(part, ok),
    seconds,
  }));

  printTable(rows);
  console.log(
    process.env[POSTGRES]
      ? '\nDatabases: SQLite and PostgreSQL'
      : `\nDatabases: SQLite. PostgreSQL was skipped: set ${POSTGRES} to test it.`,
  );
  const sum = key => rows.reduce((total, row) => total + row.counts[key], 0);
  if (rows.some(row => !row.ok || row.counts.failed > 0)) process.exitCode = 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
