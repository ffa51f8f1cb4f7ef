import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const ACTIONS: readonly DriftAction[] = ['reapply', 'adopt', 'revoke'];

/** The actions that all of some drift have in common. */
export const commonActions = (items: readonly DriftItem[]): DriftAction[] =>
  items.length === 0
    ? []
    : ACTIONS.filter(action =>
        items.every(item => item.actions.includes(action)),
      );
