import { isolatedText, visibleCode, visibleText } from './visibleText';

describe('texts that others have written', () => {
  it.each([
    ['an override of direction', 'Lab \u202eRTL', 'Lab RTL'],
    ['an isolate that is never closed', '\u2067abc', 'abc'],
    ['marks of direction', 'a\u200eb\u200fc\u061c', 'abc'],
    ['what has no width', 'pay\u200bments\ufeff\u2060', 'payments'],
    ['controls', 'a\u0000b\u001b[31mc\u0085', 'ab[31mc'],
    ['tags nobody sees', 'a\u{e0041}b', 'ab'],
    ['what looks empty', 'a\u3164\u115fb', 'ab'],
  ])('lose %s', (_, text, expected) => {
    expect(visibleText(text)).toBe(expected);
    expect(isolatedText(text)).toBe(expected);
  });

  it.each(['Größe in m²', 'two\nlines\tand a tab', '👩‍💻', 'می‌خواهم', '注文'])(
    'keep what can be seen: %s',
    text => {
      expect(visibleText(text)).toBe(text);
    },
  );

  it('stand for themselves where they run from right to left', () => {
    expect(isolatedText('הזמנות')).toBe('\u2068הזמנות\u2069');
    expect(isolatedText('\u202eהזמנות')).toBe('\u2068הזמנות\u2069');
  });

  it('show what nobody sees where each character counts', () => {
    expect(visibleCode("name = 'a\u202eb'")).toBe("name = 'a<U+202E>b'");
    expect(visibleCode("name = 'ab'")).toBe("name = 'ab'");
  });
});
