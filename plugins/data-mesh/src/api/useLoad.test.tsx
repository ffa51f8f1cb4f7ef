import { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook, waitFor } from '@testing-library/react';
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
  const wrapper = (props: { children: ReactNode }) => (
    <TestApiProvider apis={[[signalApiRef, signals]]}>
      {props.children}
    </TestApiProvider>
  );
  return { wrapper, send: () => listeners.forEach(one => one({ at: 1 })) };
}

const withoutSignals = (props: { children: ReactNode }) => (
  <TestApiProvider apis={[]}>{props.children}</TestApiProvider>
);

describe('useLoad', () => {
  it('loads, and keeps the value while it loads again', async () => {
    const { ask, open } = questions();
    const { result } = renderHook(() => useLoad('a', ask), {
      wrapper: withoutSignals,
    });
    expect(result.current.loading).toBe(true);
    await act(async () => open[0].resolve('one'));
    expect(result.current).toMatchObject({ value: 'one', loading: false });

    act(() => void result.current.reload());
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
      wrapper: withoutSignals,
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
      wrapper: withoutSignals,
    });
    act(() => void result.current.reload());
    await act(async () => open[1].resolve('newer'));
    await act(async () => open[0].resolve('older'));
    expect(result.current.value).toBe('newer');

    act(() => void result.current.reload());
    act(() => result.current.set('answer of a write'));
    await act(async () => open[2].resolve('from before the write'));
    expect(result.current.value).toBe('answer of a write');
  });

  it('shows each answer, though it is asked again before it comes', async () => {
    const { ask, open } = questions();
    const { wrapper, send } = withSignals();
    const { result } = renderHook(() => useLoad('a', ask), { wrapper });
    act(() => send());
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    await act(async () => open[0].resolve('first'));
    expect(result.current).toMatchObject({ value: 'first', loading: false });
    await act(async () => open[1].resolve('second'));
    expect(result.current.value).toBe('second');
  });

  it('loads nothing without a key', () => {
    const { ask } = questions();
    const { result } = renderHook(() => useLoad(undefined, ask), {
      wrapper: withoutSignals,
    });
    expect(result.current.loading).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });

  it('loads again on a signal and when the window gets the focus', async () => {
    const { ask } = questions();
    const { wrapper, send } = withSignals();
    renderHook(() => useLoad('a', ask), { wrapper });
    expect(ask).toHaveBeenCalledTimes(1);
    act(() => send());
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    act(() => void window.dispatchEvent(new Event('focus')));
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('leaves values alone that the signals say nothing about', () => {
    const { ask } = questions();
    const { wrapper, send } = withSignals();
    renderHook(() => useLoad('a', ask, { live: false }), { wrapper });
    act(() => send());
    act(() => void window.dispatchEvent(new Event('focus')));
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
        { wrapper: withoutSignals },
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
