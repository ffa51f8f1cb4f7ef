import { Gatherer } from './Gatherer';
import { GatheringWindow, QuietWindow } from './GatheringWindow';

/** Closes when the test says so. */
class HeldWindow implements GatheringWindow {
  #waiting: Array<() => void> = [];

  arrived(): void {}

  whenClosed(send: () => void): void {
    this.#waiting.push(send);
  }

  close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(send => send());
  }
}

/** A call that ends when the test says so. */
function aCall() {
  let end: (outcome: { answer?: string; error?: Error }) => void = () => {};
  const ended = new Promise<string>((resolve, reject) => {
    end = ({ answer = '', error }) => (error ? reject(error) : resolve(answer));
  });
  return { end, ended };
}

const refused = Object.assign(new Error('bad entry'), { name: 'Refused' });
const busy = Object.assign(new Error('too many'), { name: 'Busy' });

function start(
  carryOut: (items: string[], signal: AbortSignal) => Promise<string[]>,
  options: { oneAtATime?: boolean } = {},
) {
  const window = new HeldWindow();
  const calls: string[][] = [];
  const signals: AbortSignal[] = [];
  const gatherer = new Gatherer<string, string>({
    carryOut: (items, signal) => {
      calls.push(items);
      signals.push(signal);
      return carryOut(items, signal);
    },
    limit: 3,
    window,
    separates: error => error === refused,
    ...options,
  });
  return { gatherer, window, calls, signals };
}

const upper = async (items: string[]) => items.map(item => item.toUpperCase());
const failing = (bad: string, error: Error) => async (items: string[]) => {
  if (items.includes(bad)) throw error;
  return upper(items);
};

describe('what several ask for at the same moment', () => {
  it('goes together, and each gets its own answers', async () => {
    const { gatherer, window, calls } = start(upper);
    const asked = [gatherer.ask(['a', 'b']), gatherer.ask(['c'])];
    window.close();
    expect(await Promise.all(asked)).toEqual([['A', 'B'], ['C']]);
    expect(calls).toEqual([['a', 'b', 'c']]);
  });

  it('goes in calls of no more than the limit', async () => {
    const { gatherer, window, calls } = start(upper);
    const asked = [gatherer.ask(['a', 'b']), gatherer.ask(['c', 'd'])];
    window.close();
    expect(await Promise.all(asked)).toEqual([
      ['A', 'B'],
      ['C', 'D'],
    ]);
    expect(calls).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('does not join a call that has left', async () => {
    const { gatherer, window, calls } = start(upper);
    const first = gatherer.ask(['a']);
    window.close();
    const second = gatherer.ask(['b']);
    window.close();
    expect(await Promise.all([first, second])).toEqual([['A'], ['B']]);
    expect(calls).toEqual([['a'], ['b']]);
  });

  it('asks for nothing where nothing is asked for', async () => {
    const { gatherer, calls } = start(upper);
    expect(await gatherer.ask([])).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('fails for everybody where time alone mends it', async () => {
    const { gatherer, window, calls } = start(failing('b', busy));
    const asked = [gatherer.ask(['a']), gatherer.ask(['b'])];
    window.close();
    expect(await Promise.allSettled(asked)).toEqual([
      { status: 'rejected', reason: busy },
      { status: 'rejected', reason: busy },
    ]);
    expect(calls).toEqual([['a', 'b']]);
  });

  it('goes again by itself for each where it is refused as a whole', async () => {
    const { gatherer, window, calls } = start(failing('b', refused));
    const asked = [
      gatherer.ask(['a']),
      gatherer.ask(['b']),
      gatherer.ask(['c']),
    ];
    window.close();
    expect(await Promise.allSettled(asked)).toEqual([
      { status: 'fulfilled', value: ['A'] },
      { status: 'rejected', reason: refused },
      { status: 'fulfilled', value: ['C'] },
    ]);
    expect(calls).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  });

  it('is not repeated where all that is refused is of one caller', async () => {
    const { gatherer, window, calls } = start(failing('b', refused));
    const asked = gatherer.ask(['a', 'b']);
    window.close();
    await expect(asked).rejects.toBe(refused);
    expect(calls).toEqual([['a', 'b']]);
  });

  it('fails where one of the calls that a caller is spread over fails, when all have ended', async () => {
    const first = aCall();
    const { gatherer, window } = start(async items => {
      if (items.includes('d')) throw busy;
      await first.ended;
      return upper(items);
    });
    let settled = false;
    const asked = gatherer.ask(['a', 'b', 'c', 'd']).finally(() => {
      settled = true;
    });
    const outcome = asked.catch(error => error);
    window.close();
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    first.end({});
    expect(await outcome).toBe(busy);
  });
});

describe('one call at a time', () => {
  it('gathers what comes while a call is on its way', async () => {
    const first = aCall();
    const { gatherer, window, calls } = start(
      async items => {
        if (items.includes('a')) await first.ended;
        return upper(items);
      },
      { oneAtATime: true },
    );
    const asked = [gatherer.ask(['a'])];
    window.close();
    for (const item of ['b', 'c', 'd', 'e']) {
      asked.push(gatherer.ask([item]));
      window.close();
    }
    await new Promise(setImmediate);
    expect(calls).toEqual([['a']]);
    first.end({});
    expect(await Promise.all(asked)).toEqual([
      ['A'],
      ['B'],
      ['C'],
      ['D'],
      ['E'],
    ]);
    expect(calls).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('goes on after one that failed', async () => {
    const first = aCall();
    const { gatherer, window } = start(
      async items => {
        if (items.includes('a')) await first.ended;
        return upper(items);
      },
      { oneAtATime: true },
    );
    const failed = gatherer.ask(['a']).catch(error => error);
    window.close();
    const next = gatherer.ask(['b']);
    window.close();
    first.end({ error: busy });
    expect(await failed).toBe(busy);
    expect(await next).toEqual(['B']);
  });

  it('lets go whoever is aborted while waiting, and asks for nothing of theirs', async () => {
    const first = aCall();
    const { gatherer, window, calls } = start(
      async items => {
        if (items.includes('a')) await first.ended;
        return upper(items);
      },
      { oneAtATime: true },
    );
    const asked = gatherer.ask(['a']);
    window.close();
    const leaver = new AbortController();
    const left = gatherer.ask(['b'], leaver.signal);
    window.close();
    leaver.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    first.end({});
    await asked;
    expect(await gatherer.ask([])).toEqual([]);
    const later = gatherer.ask(['c']);
    window.close();
    expect(await later).toEqual(['C']);
    expect(calls).toEqual([['a'], ['c']]);
  });
});

describe('who is aborted', () => {
  it('asks for nothing any more', async () => {
    const { gatherer, calls } = start(upper);
    await expect(
      gatherer.ask(['a'], AbortSignal.abort()),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toEqual([]);
  });

  it('leaves before the call goes, and the others go', async () => {
    const { gatherer, window, calls } = start(upper);
    const leaver = new AbortController();
    const left = gatherer.ask(['a'], leaver.signal);
    const stayed = gatherer.ask(['b']);
    leaver.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    window.close();
    expect(await stayed).toEqual(['B']);
    expect(calls).toEqual([['b']]);
  });

  it('sends nothing where all have left', async () => {
    const { gatherer, window, calls } = start(upper);
    const leaver = new AbortController();
    const left = gatherer.ask(['a'], leaver.signal);
    leaver.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    window.close();
    await new Promise(setImmediate);
    expect(calls).toEqual([]);
  });

  it('does not take the call from the others, until all have left', async () => {
    const call = aCall();
    const { gatherer, window, signals } = start(() =>
      call.ended.then(() => []),
    );
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [
      gatherer.ask(['a'], one.signal),
      gatherer.ask(['b'], other.signal),
    ];
    window.close();
    await new Promise(setImmediate);
    one.abort();
    await expect(asked[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(signals[0].aborted).toBe(false);
    other.abort();
    await expect(asked[1]).rejects.toMatchObject({ name: 'AbortError' });
    expect(signals[0].aborted).toBe(true);
    call.end({});
  });

  it('does not go again by itself', async () => {
    const leaver = new AbortController();
    const { gatherer, window, calls } = start(async () => {
      leaver.abort();
      throw refused;
    });
    const asked = [gatherer.ask(['a'], leaver.signal), gatherer.ask(['b'])];
    window.close();
    await Promise.allSettled(asked);
    expect(calls).toEqual([['a', 'b'], ['b']]);
  });
});

describe('a quiet window', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const aWindow = () =>
    new QuietWindow({ quietMs: 10, longestMs: 25, now: () => Date.now() });

  it('closes when nobody has come for a while', () => {
    const window = aWindow();
    const sent = jest.fn();
    window.arrived();
    window.whenClosed(sent);
    jest.advanceTimersByTime(9);
    window.arrived();
    jest.advanceTimersByTime(9);
    expect(sent).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('does not stay open for ever', () => {
    const window = aWindow();
    const sent = jest.fn();
    window.arrived();
    window.whenClosed(sent);
    for (let passed = 0; passed < 25; passed += 5) {
      expect(sent).not.toHaveBeenCalled();
      jest.advanceTimersByTime(5);
      window.arrived();
    }
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('opens anew for who comes later', () => {
    const window = aWindow();
    const sent = jest.fn();
    for (const times of [1, 2]) {
      window.arrived();
      window.whenClosed(sent);
      jest.advanceTimersByTime(10);
      expect(sent).toHaveBeenCalledTimes(times);
    }
  });
});
