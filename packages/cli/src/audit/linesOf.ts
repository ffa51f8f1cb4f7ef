/** A line of a text, counted from 1. */
export interface Line {
  number: number;
  text: string;
}

/**
 * Lines of a text as it arrives, without empty ones. Only `\n` ends a line:
 * what JSON leaves as it is, like U+2028, does not.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      number += 1;
      if (text.trim()) yield { number, text };
    }
  }
  rest += decoder.decode();
  if (rest.trim()) yield { number: number + 1, text: rest };
}
