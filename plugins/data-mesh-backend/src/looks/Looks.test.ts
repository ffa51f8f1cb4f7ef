import { EventEmitter } from 'node:events';
import { Looks } from './Looks';

/** Counts how often each key is read. */
function counting(looks: Looks) {
  const asked: string[] = [];
  let failing = false;
  const read = looks.once(async (key: string) => {
    asked.push(key);
    if (failing) throw new Error('away');
    return `${key} ${asked.length}`;
  });
  return {
    asked,
    read,
    fail: (fails: boolean) => {
      failing = fails;
    },
  };
}

describe('within one look', () => {
  it('the same is read once, and anew in the next', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    await looks.within(async () => {
      expect(await read('a')).toBe('a 1');
      expect(await Promise.all([read('a'), read('b')])).toEqual(['a 1', 'b 2']);
    });
    await looks.within(() => read('a'));
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('a look inside joins it', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    await looks.within(async () => {
      await looks.within(() => read('a'));
      await looks.within(() => read('a'));
      await read('a');
    });
    expect(asked).toEqual(['a']);
  });

  it('what fails is read again', async () => {
    const looks = new Looks();
    const { asked, read, fail } = counting(looks);
    await looks.within(async () => {
      fail(true);
      await expect(read('a')).rejects.toThrow('away');
      fail(false);
      await read('a');
    });
    expect(asked).toEqual(['a', 'a']);
  });

  it('nothing is shared with a look beside it', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    await Promise.all([
      looks.within(() => read('a')),
      looks.within(() => read('a')),
    ]);
    expect(asked).toEqual(['a', 'a']);
  });
});

describe('outside of a look', () => {
  it('everything is read anew', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    await read('a');
    await read('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('is what goes on when its look is over', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    let goOn = () => {};
    const background = await looks.within(async () => {
      await read('a');
      const over = new Promise<void>(resolve => {
        goOn = resolve;
      });
      return { done: over.then(() => read('a')) };
    });
    goOn();
    await background.done;
    expect(asked).toEqual(['a', 'a']);
  });
});

describe('a look at an HTTP request', () => {
  it('is over when it is answered', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    const response = new EventEmitter();
    const handled = new Promise<void>((resolve, reject) => {
      const handle = async () => {
        await read('a');
        await read('a');
        response.emit('close');
        await read('a');
      };
      looks.perRequest({}, response, () => handle().then(resolve, reject));
    });
    await handled;
    expect(asked).toEqual(['a', 'a']);
  });
});

describe('looks that are closed', () => {
  it('keep nothing, as outside of any', async () => {
    const looks = new Looks();
    const { asked, read } = counting(looks);
    await looks.within(async () => {
      looks.close();
      expect(looks.current()).toBeUndefined();
      await read('a');
      await read('a');
    });
    expect(asked).toEqual(['a', 'a']);
  });
});

describe('things made for each look', () => {
  it('may keep what they read within it, and outside may not', async () => {
    const looks = new Looks();
    const made: boolean[] = [];
    const thingOf = looks.each((_: object, { keeps }) => {
      made.push(keeps);
      return { keeps };
    });
    const key = {};
    expect(thingOf(key)).toBe(thingOf(key));
    await looks.within(async () => {
      expect(thingOf(key)).toBe(thingOf(key));
      expect(thingOf({})).not.toBe(thingOf(key));
    });
    expect(made).toEqual([false, true, true]);
  });
});
