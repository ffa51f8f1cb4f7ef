import { TestDatabases } from '@backstage/backend-test-utils';
import type { Reach } from './__testUtils__/attackedEntities';
import { startAttackedMesh } from './__testUtils__/attackedMesh';
import { anAttack, attack, type Attack } from './__testUtils__/attacks';
import { chanceOf, shortest } from './__testUtils__/chance';
import { knownAttacks } from './__testUtils__/knownAttacks';

/** More than in every build: `GIVING_AWAY_SEQUENCES=200 yarn test givingAway`. */
const SEQUENCES = Number(process.env.GIVING_AWAY_SEQUENCES ?? 4);
const FIRST_SEED = Number(process.env.GIVING_AWAY_SEED ?? 1);
const STEPS = Number(process.env.GIVING_AWAY_STEPS ?? 40);

jest.setTimeout(60_000 + SEQUENCES * 60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** What the steps gave away, and how many of them were not refused. */
async function outcomeOf(steps: (accessId: string) => readonly Attack[]) {
  const mesh = await startAttackedMesh({
    knex: await databases.init('SQLITE_3'),
  });
  const taken: Attack[] = [];
  let done = 0;
  try {
    for (const step of steps(mesh.access.id)) {
      taken.push(step);
      const { status, gaveCredentials } = await attack(mesh, step);
      if (status !== undefined && status < 300) done += 1;
      const given = await mesh.given();
      if (gaveCredentials) given.push('credentials');
      if (given.length > 0) return { taken, given, done, mesh };
    }
    return { taken, given: [], done, mesh };
  } finally {
    await mesh.stop();
  }
}

/** With ids as in the sequence: they are others in each mesh. */
const placeIds = (steps: readonly Attack[], from: string, to: string) =>
  JSON.parse(JSON.stringify(steps).replaceAll(from, to)) as Attack[];

it.each(knownAttacks)(
  'a team that holds nothing gets nothing where it %s',
  async (_, steps) => {
    const { given, taken } = await outcomeOf(() => steps);
    expect(given).toEqual([]);
    expect(taken).toHaveLength(steps.length);
  },
);

describe.each<Reach>(['every kind', 'products alone'])(
  'a team that holds nothing and may register %s',
  reach => {
    it('gets no grant, credential or tag on what others hold, whatever it tries', async () => {
      let answered = 0;
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed += 1) {
        const { taken, given, done, mesh } = await outcomeOf(accessId =>
          anAttack(chanceOf(seed), { steps: STEPS, reach, accessId }),
        );
        answered += done;
        if (given.length > 0) {
          const enough = await shortest(taken, async steps => {
            const again = await outcomeOf(accessId =>
              placeIds(steps, mesh.access.id, accessId),
            );
            return again.given.length > 0;
          });
          throw new Error(
            `With seed ${seed}: ${given.join('; ')}, by ${JSON.stringify(
              enough,
              null,
              1,
            )}`,
          );
        }
        expect(mesh.vended).toBe(200);
      }
      // That all is refused from the start would prove nothing.
      expect(answered).toBeGreaterThan(0);
    });
  },
);
