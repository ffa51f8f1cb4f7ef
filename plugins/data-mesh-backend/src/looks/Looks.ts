import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A stretch of work that sees its surroundings as they are at one time: one API
 * call, one judgement.
 */
interface Look {
  isOver: boolean;
}

/**
 * Tells which look work belongs to. What it reads of the catalog and of the
 * permission policy is read once in a look, and anew in the next.
 */
export class Looks {
  readonly #around = new AsyncLocalStorage<Look>();

  /** Does work within one look: the present one, or a new one where none is. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.current()) return work();
    const look: Look = { isOver: false };
    try {
      return await this.#around.run(look, work);
    } finally {
      look.isOver = true;
    }
  }

  /** One look for an HTTP request, until it is answered. */
  readonly perRequest = (
    _req: unknown,
    res: { once(event: 'close', listener: () => void): unknown },
    next: () => void,
  ): void => {
    const look: Look = { isOver: false };
    res.once('close', () => {
      look.isOver = true;
    });
    this.#around.run(look, next);
  };

  /** Every promise of the process pays for a storage until it is disabled. */
  close(): void {
    this.#around.disable();
  }

  /**
   * The present look. Absent outside of any, and for work that goes on when its
   * look is over.
   */
  current(): object | undefined {
    const look = this.#around.getStore();
    return look && !look.isOver ? look : undefined;
  }

  /**
   * Keeps the value under each key within a look. Outside of any, and where
   * reading fails, nothing is kept.
   */
  once<K, V>(read: (key: K) => Promise<V>): (key: K) => Promise<V> {
    const kept = new WeakMap<object, Map<K, Promise<V>>>();
    return key => {
      const look = this.current();
      if (!look) return read(key);
      const values = kept.get(look) ?? new Map<K, Promise<V>>();
      kept.set(look, values);
      const known = values.get(key);
      if (known) return known;
      const reading = read(key);
      values.set(key, reading);
      reading.catch(() => values.delete(key));
      return reading;
    };
  }

  /**
   * Makes one thing for each key of each look. Outside of any, one for each key
   * that serves all and keeps nothing.
   *
   * @param make - told whether what it makes may keep what it reads
   */
  each<K extends object, V>(
    make: (key: K, options: { keeps: boolean }) => V,
  ): (key: K) => V {
    const shared = new WeakMap<K, V>();
    const ofLooks = new WeakMap<object, WeakMap<K, V>>();
    return key => {
      const look = this.current();
      const made = look ? ofLooks.get(look) ?? new WeakMap<K, V>() : shared;
      if (look) ofLooks.set(look, made);
      const known = made.get(key);
      if (known) return known;
      const value = make(key, { keeps: look !== undefined });
      made.set(key, value);
      return value;
    };
  }
}
