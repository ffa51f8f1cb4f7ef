import DataLoader from 'dataloader';
import { AbortError } from './AbortError';
import { GatheringWindow } from './GatheringWindow';

/** Whoever asks; the same object for all that is asked at once. */
interface Caller {
  signal?: AbortSignal;
}

interface Asked<Item> {
  item: Item;
  caller: Caller;
}

/** One answer an item, in their order. */
type CarryOut<Item, Answer> = (
  items: Item[],
  signal: AbortSignal,
) => Promise<Answer[]>;

/**
 * Carries out together what several callers ask for at the same moment, and
 * gives each its own answers. Who is aborted leaves; what is on its way is
 * aborted when nobody waits for it any more.
 */
export class Gatherer<Item, Answer> {
  readonly #carryOut: CarryOut<Item, Answer>;
  readonly #separates: (error: unknown) => boolean;
  readonly #window: GatheringWindow;
  readonly #oneAtATime: boolean;
  readonly #loader: DataLoader<Asked<Item>, { answer: Answer }>;
  /** Those whose window has closed while another call was on its way. */
  readonly #queue: Array<() => void> = [];
  #onItsWay = 0;

  constructor(options: {
    carryOut: CarryOut<Item, Answer>;
    /** How many items go together at most. */
    limit: number;
    window: GatheringWindow;
    /**
     * Errors of the whole that one caller's items may have brought upon the
     * others: after these each caller's items go by themselves.
     */
    separates: (error: unknown) => boolean;
    /**
     * Whether a call waits for the one before it, and gathers meanwhile: for
     * calls that would get into each other's way.
     */
    oneAtATime?: boolean;
  }) {
    const { carryOut, limit, window, separates, oneAtATime = false } = options;
    this.#oneAtATime = oneAtATime;
    this.#carryOut = carryOut;
    this.#separates = separates;
    this.#window = window;
    this.#loader = new DataLoader(asked => this.#inTurn(asked), {
      cache: false,
      maxBatchSize: limit,
      batchScheduleFn: send =>
        window.whenClosed(() => {
          this.#queue.push(send);
          this.#sendNext();
        }),
    });
  }

  /**
   * @returns an answer to each item, in their order, when all are answered
   * @throws whatever carrying out the first item that failed has thrown
   */
  async ask(items: readonly Item[], signal?: AbortSignal): Promise<Answer[]> {
    if (items.length === 0) return [];
    if (signal?.aborted) throw new AbortError(signal.reason);
    const caller: Caller = { signal };
    const answers = items.map(item => {
      this.#window.arrived();
      return this.#loader.load({ item, caller });
    });
    const settled = await orAborted(Promise.allSettled(answers), signal);
    return settled.map(one => {
      if (one.status === 'rejected') throw one.reason;
      return one.value.answer;
    });
  }

  #sendNext(): void {
    while (!this.#oneAtATime || this.#onItsWay === 0) {
      const send = this.#queue.shift();
      if (!send) return;
      this.#onItsWay += 1;
      send();
    }
  }

  async #inTurn(
    asked: readonly Asked<Item>[],
  ): Promise<Array<{ answer: Answer } | Error>> {
    try {
      return await this.#send(asked);
    } finally {
      this.#onItsWay -= 1;
      this.#sendNext();
    }
  }

  async #send(
    asked: readonly Asked<Item>[],
  ): Promise<Array<{ answer: Answer } | Error>> {
    const there = asked.filter(({ caller }) => !caller.signal?.aborted);
    const answers = await this.#answer(there);
    return asked.map(
      one => answers.get(one) ?? new AbortError(one.caller.signal?.reason),
    );
  }

  async #answer(
    asked: Asked<Item>[],
  ): Promise<Map<Asked<Item>, { answer: Answer } | Error>> {
    const callers = new Set(asked.map(({ caller }) => caller));
    if (callers.size === 0) return new Map();
    try {
      const answers = await this.#together(asked, callers);
      return new Map(
        asked.map((one, index) => [one, { answer: answers[index] }]),
      );
    } catch (error) {
      if (callers.size === 1 || !this.#separates(error)) {
        return new Map(asked.map(one => [one, asError(error)]));
      }
    }
    const all = new Map<Asked<Item>, { answer: Answer } | Error>();
    for (const caller of callers) {
      // Who has left meanwhile has nothing sent for it any more.
      if (caller.signal?.aborted) continue;
      const own = asked.filter(one => one.caller === caller);
      (await this.#answer(own)).forEach((answer, one) => all.set(one, answer));
    }
    return all;
  }

  async #together(
    asked: Asked<Item>[],
    callers: ReadonlySet<Caller>,
  ): Promise<Answer[]> {
    const call = new AbortController();
    const waiting = new Set(callers);
    const leaving = [...callers].map(caller => {
      const leave = () => {
        waiting.delete(caller);
        if (waiting.size === 0) call.abort(caller.signal?.reason);
      };
      caller.signal?.addEventListener('abort', leave, { once: true });
      return () => caller.signal?.removeEventListener('abort', leave);
    });
    try {
      return await this.#carryOut(
        asked.map(({ item }) => item),
        call.signal,
      );
    } finally {
      leaving.forEach(stopListening => stopListening());
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error
    ? error
    : new Error(String(error), { cause: error });
}

function orAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const leave = () => reject(new AbortError(signal.reason));
    signal.addEventListener('abort', leave, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
