import { PropsWithChildren } from 'react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { TestApiProvider } from '@backstage/test-utils';
import { FakeDataMeshApi } from '../testing';
import { dataMeshApiRef } from './dataMeshApiRef';
import { usePages } from './usePages';

function ownCache() {
  const api = new FakeDataMeshApi();
  return (props: PropsWithChildren<{}>) => (
    <TestApiProvider apis={[[dataMeshApiRef, api]]}>
      {props.children}
    </TestApiProvider>
  );
}

/** Pages of two numbers each, up to six. */
function numbers() {
  const asked: Array<string | undefined> = [];
  let fail = false;
  return {
    asked,
    fail: (on: boolean) => {
      fail = on;
    },
    fetch: async (cursor?: string) => {
      asked.push(cursor);
      if (fail) throw new Error('the list is away');
      const from = Number(cursor ?? 0);
      return {
        items: [from, from + 1],
        ...(from < 4 && { nextCursor: String(from + 2) }),
      };
    },
  };
}

async function show(list: ReturnType<typeof numbers>) {
  const { result } = renderHook(() => usePages('numbers', list.fetch), {
    wrapper: ownCache(),
  });
  await waitFor(() => expect(result.current.value).toBeDefined());
  return result;
}

describe('usePages', () => {
  it('loads each page once', async () => {
    const list = numbers();
    const result = await show(list);
    act(() => result.current.loadMore());
    await waitFor(() =>
      expect(result.current.value?.items).toEqual([0, 1, 2, 3]),
    );
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.value?.items).toHaveLength(6));
    expect(result.current.value?.more).toBe(false);
    expect(list.asked).toEqual([undefined, '2', '4']);
  });

  it('keeps what is shown when it is refreshed', async () => {
    const list = numbers();
    const result = await show(list);
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.value?.items).toHaveLength(4));
    await act(() => result.current.reload());
    expect(result.current.value?.items).toEqual([0, 1, 2, 3]);
    expect(result.current.value?.more).toBe(true);
  });

  it('says what is wrong with a page, and goes on when it is back', async () => {
    const list = numbers();
    const result = await show(list);
    list.fail(true);
    act(() => result.current.loadMore());
    await waitFor(() =>
      expect(result.current.error?.message).toBe('the list is away'),
    );
    expect(result.current.value?.items).toEqual([0, 1]);
    list.fail(false);
    await act(() => result.current.reload());
    expect(result.current.value?.items).toEqual([0, 1, 2, 3]);
    expect(result.current.error).toBeUndefined();
  });

  it('shows the list before until the next is here, and does not go on in it', async () => {
    const lists = { first: numbers(), second: numbers() };
    let answer = () => {};
    const isHere = new Promise<void>(resolve => {
      answer = resolve;
    });
    const { result, rerender } = renderHook(
      ({ name }: { name: keyof typeof lists }) =>
        usePages(
          name,
          async cursor => {
            if (name === 'second') await isHere;
            return lists[name].fetch(cursor);
          },
          { keepsLast: true },
        ),
      { wrapper: ownCache(), initialProps: { name: 'first' } },
    );
    await waitFor(() => expect(result.current.value).toBeDefined());
    rerender({ name: 'second' });
    expect(result.current).toMatchObject({
      loading: false,
      value: { items: [0, 1] },
    });
    act(() => result.current.loadMore());
    answer();
    await waitFor(() => expect(lists.second.asked).toEqual([undefined]));
    expect(lists.first.asked).toEqual([undefined]);
  });
});
