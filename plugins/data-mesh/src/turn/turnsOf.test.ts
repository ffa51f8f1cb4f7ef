import { anEntitlement, aRequest, inDays } from '../testing';
import { turnsOf } from './turnsOf';

const drift = (excess: number) => ({
  counts: { excess, missing: 0, identity: 0, residue: 0 },
  atLeast: [],
});
const kinds = (known: Parameters<typeof turnsOf>[0]) =>
  turnsOf(known, Date.now()).map(({ kind, count }) => [kind, count]);

describe('whose turn it is', () => {
  it('is nothing where nothing waits', () => {
    expect(
      kinds({
        counts: { toDecide: 0, mine: 3 },
        held: [anEntitlement({ expiresAt: inDays(90) })],
        requests: [aRequest()],
        drift: drift(0),
      }),
    ).toEqual([]);
    expect(kinds({})).toEqual([]);
  });

  it('puts first what holds up others, then what is broken or unapproved', () => {
    expect(
      kinds({
        counts: {
          toDecide: 2,
          mine: 0,
          claimsToDecide: 1,
          publicationsToDecide: 1,
        },
        held: [
          anEntitlement({ id: 'a', expiresAt: inDays(2) }),
          anEntitlement({ id: 'b', state: 'failed' }),
          anEntitlement({ id: 'c', health: 'degraded' }),
        ],
        requests: [aRequest({ state: 'changes-requested' })],
        drift: drift(3),
      }),
    ).toEqual([
      ['decide', 4],
      ['broken', 2],
      ['drift', 3],
      ['ending', 1],
      ['asked', 1],
    ]);
  });

  it('names the most urgent of each', () => {
    const [ending] = turnsOf(
      {
        held: [
          anEntitlement({ id: 'later', expiresAt: inDays(9) }),
          anEntitlement({ id: 'soon', expiresAt: inDays(1) }),
        ],
      },
      Date.now(),
    );
    expect(ending).toMatchObject({ kind: 'ending', first: { id: 'soon' } });
  });
});
