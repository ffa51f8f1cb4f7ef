/**
 * A long title that gives way in its middle, where it stands in a sentence:
 * the first words and the last ones tell it apart.
 */
export function cutInMiddle(text: string, atMost = 44): string {
  if (text.length <= atMost) return text;
  const half = Math.floor((atMost - 3) / 2);
  const head = text.slice(0, half).replace(/\s+\S*$/, '');
  const tail = text.slice(-half).replace(/^\S*\s+/, '');
  return `${head} … ${tail}`;
}
