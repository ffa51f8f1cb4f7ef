import type { Knex } from 'knex';
import { anAttack } from './anAttack';
import type { Reach } from './attackedEntities';
import { startAttackedMesh } from './attackedMesh';
import { attack, type Attack } from './attacks';
import { chanceOf } from './chance';

/** More than in every build: `GIVING_AWAY_SEQUENCES=200 yarn test givingAway`. */
export const SEQUENCES = Number(process.env.GIVING_AWAY_SEQUENCES ?? 4);
const FIRST_SEED = Number(process.env.GIVING_AWAY_SEED ?? 1);
const STEPS = Number(process.env.GIVING_AWAY_STEPS ?? 60);

/** The seeds of this build: always the same, unless others are asked for. */
export const SEEDS = Array.from(
  { length: SEQUENCES },
  (_, index) => FIRST_SEED + index,
);

/** What the steps gave away, and how many of them were not refused. */
export async function outcomeOf(
  knex: Knex,
  steps: (accessId: string) => readonly Attack[],
) {
  const mesh = await startAttackedMesh({ knex });
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

/** The attack of a seed. */
export const attackOf =
  (seed: number, reach: Reach) =>
  (accessId: string): Attack[] =>
    anAttack(chanceOf(seed), { steps: STEPS, reach, accessId });
