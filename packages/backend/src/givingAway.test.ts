import { TestDatabases } from '@backstage/backend-test-utils';
import type { Reach } from './__testUtils__/attackedEntities';
import type { Attack } from './__testUtils__/attacks';
import { shortest } from './__testUtils__/chance';
import { knownAttacks } from './__testUtils__/knownAttacks';
import {
  SEEDS,
  SEQUENCES,
  attackOf,
  outcomeOf,
} from './__testUtils__/tryAttack';

jest.setTimeout(60_000 + SEQUENCES * 60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const outcome = async (steps: (accessId: string) => readonly Attack[]) =>
  outcomeOf(await databases.init('SQLITE_3'), steps);

/** With ids as in the sequence: they are others in each mesh. */
const placeIds = (steps: readonly Attack[], from: string, to: string) =>
  JSON.parse(JSON.stringify(steps).replaceAll(from, to)) as Attack[];

it.each(knownAttacks)(
  'a team that holds nothing gets nothing where it %s',
  async (_, steps) => {
    const { given, taken } = await outcome(() => steps);
    expect(given).toEqual([]);
    expect(taken).toHaveLength(steps.length);
  },
);

// That it finds what is broken is shown by givingAway.mutants.test.ts.
describe.each<Reach>(['every kind', 'products alone'])(
  'a team that holds nothing and may register %s',
  reach => {
    it('gets no grant, credential or tag on what others hold, whatever it tries', async () => {
      let answered = 0;
      for (const seed of SEEDS) {
        const { taken, given, done, mesh } = await outcome(
          attackOf(seed, reach),
        );
        answered += done;
        if (given.length > 0) {
          const enough = await shortest(taken, async steps => {
            const again = await outcome(accessId =>
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
