import { useCallback } from 'react';
import type { PolicyStage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../../../useT';

/** Who decides in a stage, in words, like `the data steward`. */
export function useStageName(): (stage: PolicyStage) => string {
  const t = useT();
  return useCallback(
    ({ name }: PolicyStage) => {
      switch (name) {
        case 'owner':
          return t('requestForm.stage.owner');
        case 'steward':
          return t('requestForm.stage.steward');
        case 'fallback':
          return t('requestForm.stage.fallback');
        default:
          return name;
      }
    },
    [t],
  );
}
