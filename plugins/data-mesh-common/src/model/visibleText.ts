/**
 * Characters that nobody sees and that change how others are read: controls,
 * marks and overrides of direction, and what has no width or looks empty. The
 * joiners of emoji and of Persian stay.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * A text that somebody has written, without characters that nobody sees.
 *
 * @public
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, '');
}

/**
 * A text that somebody has written, to stand inside a sentence of ours where
 * there is no markup: it cannot turn the words beside it. In HTML, `bdi` does
 * that.
 *
 * @public
 */
export function isolatedText(text: string): string {
  const visible = visibleText(text);
  return RIGHT_TO_LEFT.test(visible) ? `\u2068${visible}\u2069` : visible;
}

/**
 * A text in which each character counts, like a row filter or a name: what
 * nobody sees is written as its number.
 *
 * @public
 */
export function visibleCode(text: string): string {
  return text.replace(UNSEEN, character => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
