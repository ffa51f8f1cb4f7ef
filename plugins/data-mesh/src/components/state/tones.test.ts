import { createTheme } from '@material-ui/core/styles';
import {
  decomposeColor,
  getContrastRatio,
} from '@material-ui/core/styles/colorManipulator';
import { themes } from '@backstage/theme';
import { Tone, toneColors } from './tones';

/** What a colour with transparency looks like on a ground. */
function over(color: string, ground: string): string {
  const [r, g, b, alpha = 1] = decomposeColor(color).values;
  const below = decomposeColor(ground).values;
  const mixed = [r, g, b].map((value, at) =>
    Math.round(value * alpha + below[at] * (1 - alpha)),
  );
  return `rgb(${mixed.join(', ')})`;
}

const tones: Tone[] = ['neutral', 'waiting', 'attention', 'good', 'bad'];

describe.each(['light', 'dark'] as const)('in the %s theme', name => {
  const theme = themes[name].getTheme('v4') as ReturnType<typeof createTheme>;

  it.each(tones)('%s reads well on cards and on the page', tone => {
    const { color, background } = toneColors(theme, tone);
    for (const ground of ['paper', 'default'] as const) {
      const chip = over(background, theme.palette.background[ground]);
      expect(getContrastRatio(over(color, chip), chip)).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });
});
