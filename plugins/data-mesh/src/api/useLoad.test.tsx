import { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { FakeDataMeshApi } from '../testing';
import { dataMeshApiRef } from './dataMeshApiRef';
import { useLoad } from './useLoad';

/** Answers that the test gives when it wants to. */
function questions() {
  const open: Array<{
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }> = [];
  const ask = jest.fn(
    () =>
      new Promise<string>((resolve, reject) => {
        open.push({ resolve, reject });
      }),
  );
  return { ask, open };
}

function withSignals() {
  const listeners: Array<(message: {}) => void> = [];
  const signals = {
    subscribe: (_: string, listener: (message: never) => void) => {
      listeners.push(listener as (message: {}) => void);
      return { unsubscribe: () => {} };
    },
  };
  const api = new FakeDataMeshApi();
  const wrapper = (props: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [signalApiRef, signals],
        [dataMeshApiRef, api],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
  const send = () => {
    const message = { type: 'request' };
    listeners.forEach(listener => listener(message));
  };
  return { wrapper, send };
}

/** Each call has a client of its own, and so a cache of its own. */
function withoutSignals() {
  const api = new FakeDataMeshApi();
  return (props: { children: ReactNode }) => (
    <TestApiProvider apis={[[dataMeshApiRef, api]]}>
      {props.children}
    </TestApiProvider>
  );
}

/** The window comes to the front. */
async function lookAgain() {
  await act(async () => {
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
}

describe('useLoad', () => {
  it('loads, and keeps the value while it loads again', async () => {
    const { ask, open } = questions();
    const { result } = renderHook(() => useLoad('a', ask), {
      wrapper: withoutSignals(),
    });
    expect(result.current.loading).toBe(true);
    await act(async () => open[0].resolve('one'));
    expect(result.current).toMatchObject({ value: 'one', loading: false });

    await act(async () => void result.current.reload());
    expect(result.current).toMatchObject({ value: 'one', reloading: true });
    await act(async () => open[1].reject(new Error('down')));
    expect(result.current.value).toBe('one');
    expect(result.current.error?.message).toBe('down');

    act(() => void result.current.reload());
    await act(async () => open[2].resolve('two'));
    expect(result.current).toMatchObject({ value: 'two', error: undefined });
  });

  it('forgets the value of another key, and its late answer', async () => {
    const { ask, open } = questions();
    const { result, rerender } = renderHook(({ key }) => useLoad(key, ask), {
      wrapper: withoutSignals(),
      initialProps: { key: 'a' },
    });
    rerender({ key: 'b' });
    await act(async () => open[0].resolve('of a'));
    expect(result.current).toMatchObject({ value: undefined, loading: true });
    await act(async () => open[1].resolve('of b'));
    expect(result.current.value).toBe('of b');
  });

  it('lets no older answer replace a newer one', async () => {
    const { ask, open } = questions();
    const { result } = renderHook(() => useLoad('a', ask), {
      wrapper: withoutSignals(),
    });
    await act(async () => open[0].resolve('first'));
    act(() => void result.current.reload());
    act(() => void result.current.reload());
    await act(async () => open[2].resolve('newer'));
    await act(async () => open[1].resolve('older'));
    expect(result.current.value).toBe('newer');

    act(() => void result.current.reload());
    act(() => result.current.set('answer of a write'));
    await act(async () => open[3].resolve('from before the write'));
    expect(result.current.value).toBe('answer of a write');
  });

  it('shows each answer, though it is asked again before it comes', async () => {
    const { ask, open } = questions();
    const { wrapper, send } = withSignals();
    const { result } = renderHook(() => useLoad('a', ask), { wrapper });
    act(() => send());
    await act(async () => open[0].resolve('first'));
    expect(result.current).toMatchObject({ value: 'first', loading: false });
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    await act(async () => open[1].resolve('second'));
    expect(result.current.value).toBe('second');
  });

  it('loads nothing without a key', () => {
    const { ask } = questions();
    const { result } = renderHook(() => useLoad(undefined, ask), {
      wrapper: withoutSignals(),
    });
    expect(result.current.loading).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });

  it('loads again on a signal and when the window is looked at again', async () => {
    const { ask, open } = questions();
    const { wrapper, send } = withSignals();
    renderHook(() => useLoad('a', ask), { wrapper });
    await act(async () => open[0].resolve('one'));
    act(() => send());
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    await act(async () => open[1].resolve('two'));
    await lookAgain();
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('asks once for what several parts show, on a signal too', async () => {
    const ask = jest.fn(async () => 'value');
    const { wrapper, send } = withSignals();
    renderHook(() => [useLoad('a', ask), useLoad('a', ask)], { wrapper });
    await act(async () => {});
    expect(ask).toHaveBeenCalledTimes(1);
    await act(async () => send());
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('shows what was loaded before while it is loaded again', async () => {
    const { ask, open } = questions();
    const wrapper = withoutSignals();
    const first = renderHook(() => useLoad('a', ask), { wrapper });
    await act(async () => open[0].resolve('one'));
    first.unmount();
    const second = renderHook(() => useLoad('a', ask), { wrapper });
    expect(second.result.current).toMatchObject({
      value: 'one',
      loading: false,
    });
    await act(async () => open[1].resolve('two'));
    expect(second.result.current.value).toBe('two');
  });

  it('leaves values alone that the signals say nothing about', async () => {
    const { ask } = questions();
    const { wrapper, send } = withSignals();
    renderHook(() => useLoad('a', ask, { live: false }), { wrapper });
    act(() => send());
    await lookAgain();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('polls while something is under way, and no longer', async () => {
    jest.useFakeTimers();
    try {
      let state = 'provisioning';
      const ask = jest.fn(async () => state);
      renderHook(
        () =>
          useLoad('a', ask, {
            pollWhile: value => value === 'provisioning',
            pollMs: 1_000,
          }),
        { wrapper: withoutSignals() },
      );
      await act(async () => {});
      await act(async () => jest.advanceTimersByTime(1_000));
      expect(ask).toHaveBeenCalledTimes(2);
      state = 'active';
      await act(async () => jest.advanceTimersByTime(1_000));
      expect(ask).toHaveBeenCalledTimes(3);
      await act(async () => jest.advanceTimersByTime(10_000));
      expect(ask).toHaveBeenCalledTimes(3);
    } finally {
      jest.useRealTimers();
    }
  });
});
