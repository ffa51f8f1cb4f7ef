import { Theme } from '@material-ui/core/styles';
import {
  darken,
  alpha,
  lighten,
} from '@material-ui/core/styles/colorManipulator';

/**
 * What a state means for the person who looks: `neutral` is not started or
 * over, `waiting` waits for someone or something, `attention` wants a look,
 * `good` is in force, `bad` failed or was refused.
 *
 * @public
 */
export type Tone = 'neutral' | 'waiting' | 'attention' | 'good' | 'bad';

const paletteOf = {
  waiting: 'info',
  attention: 'warning',
  good: 'success',
  bad: 'error',
} as const;

/**
 * Colours of a tone, derived from the theme so that any theme follows. Text on
 * its background keeps a contrast of at least 4.5 : 1 in Backstage's themes
 * (tested).
 */
export function toneColors(theme: Theme, tone: Tone) {
  const dark = theme.palette.type === 'dark';
  if (tone === 'neutral') {
    return {
      color: theme.palette.text.primary,
      background: alpha(theme.palette.text.primary, dark ? 0.14 : 0.08),
    };
  }
  const { main } = theme.palette[paletteOf[tone]];
  return dark
    ? { color: lighten(main, 0.7), background: alpha(main, 0.2) }
    : { color: darken(main, 0.55), background: alpha(main, 0.15) };
}
