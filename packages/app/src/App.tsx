import { createApp } from '@backstage/frontend-defaults';
import { catalogModule } from './catalog/catalogModule';
import { catalogGraphModule } from './catalog/catalogGraphModule';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';
import { themeModule } from './theme/themeModule';

// Plugins come from app.packages: all; here stands only what is this portal's.
export default createApp({
  features: [
    navigationModule,
    catalogModule,
    catalogGraphModule,
    signInModule,
    themeModule,
  ],
});
