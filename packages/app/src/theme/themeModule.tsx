import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import DarkIcon from '@material-ui/icons/Brightness2';
import LightIcon from '@material-ui/icons/WbSunny';

// Backstage's themes, but for secondary text: there it has a contrast of less
// than 4.5 : 1 on the page's background (WCAG 2.2, 1.4.3).
const lightTheme = createUnifiedTheme({
  palette: {
    ...palettes.light,
    textSubtle: '#595959',
    text: { primary: 'rgba(0, 0, 0, 0.87)', secondary: '#595959' },
  },
});
const darkTheme = createUnifiedTheme({
  palette: {
    ...palettes.dark,
    textSubtle: '#c4c4c4',
    text: { primary: '#ffffff', secondary: '#c4c4c4' },
  },
});

const light = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light theme',
      variant: 'light',
      icon: <LightIcon />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={lightTheme}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

const dark = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark theme',
      variant: 'dark',
      icon: <DarkIcon />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={darkTheme}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** Light and dark, with text that can be read by everybody. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [light, dark],
});
