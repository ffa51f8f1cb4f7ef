import { useCallback } from 'react';
import type { PolicyStage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useT } from '../../useT';

/** Who has to agree to a column, like `Owner + data steward`. */
export function useWhoAgrees(): (stages: readonly PolicyStage[]) => string {
  const t = useT();
  return useCallback(
    stages => {
      const names = stages.map(({ name }) =>
        name === 'owner' || name === 'steward' || name === 'fallback'
          ? t(`product.schema.stage.${name}`)
          : name,
      );
      if (!names.length) return t('product.schema.nobody');
      return names.reduce((first, second) =>
        t('product.schema.and', {
          first,
          second: second.charAt(0).toLocaleLowerCase() + second.slice(1),
        }),
      );
    },
    [t],
  );
}
