import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PLANNED_ACTIONS } from './plannedActions';

const SERVICES: Record<string, string> = {
  glue: 'glue',
  lakeformation: 'lakeformation',
  ram: 'ram',
};

/** Actions of the calls that the code of a folder makes. */
function actionsIn(folder: string): string[] {
  const directory = join(__dirname, '..', folder);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => readFileSync(join(directory, file), 'utf8'))
    .flatMap(text =>
      [
        ...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g),
      ].flatMap(([, names, client]) =>
        [...names.matchAll(/(\w+)Command\b/g)].map(
          ([, operation]) => `${SERVICES[client] ?? client}:${operation}`,
        ),
      ),
    );
}

it('names every action that resolving a port, planning and steps call', () => {
  const called = new Set(['port', 'planning', 'steps'].flatMap(actionsIn));
  const named = new Set([
    ...PLANNED_ACTIONS.owner,
    ...PLANNED_ACTIONS.consumer,
    ...PLANNED_ACTIONS.identities,
  ]);
  expect(called.size).toBeGreaterThan(10);
  expect([...called].filter(action => !named.has(action))).toEqual([]);
});

it('names no action twice, and all in order', () => {
  for (const actions of Object.values(PLANNED_ACTIONS)) {
    expect(actions).toEqual([...new Set<string>(actions)].sort());
  }
});
