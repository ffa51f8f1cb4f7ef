import { useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, usePages } from '../api';
import { useT } from '../useT';
import { DriftSection } from './DriftSection';
import { ResolveDialog } from './ResolveDialog';

const PAGE = 100;

function useDrift(kind: DriftKind[]) {
  const api = useDataMesh();
  return usePages(`drift ${kind}`, cursor =>
    api.listDrift({ kind, limit: PAGE, cursor }),
  );
}

/** What AWS holds that nobody approved, and what was approved and is not held. */
export function DriftView(props: { onChange: () => void }) {
  const { onChange } = props;
  const t = useT();
  const excess = useDrift(['excess']);
  const missing = useDrift(['missing', 'identity', 'residue']);
  const [resolving, setResolving] = useState<{
    action: DriftAction;
    items: DriftItem[];
  }>();
  const resolve = (action: DriftAction, items: DriftItem[]) =>
    setResolving({ action, items });
  return (
    <>
      <DriftSection
        title={t('grants.drift.excess')}
        words={t('grants.drift.excessWords')}
        none={t('grants.drift.excessNone')}
        drift={excess}
        onResolve={resolve}
      />
      <DriftSection
        title={t('grants.drift.missing')}
        words={t('grants.drift.missingWords')}
        none={t('grants.drift.missingNone')}
        drift={missing}
        onResolve={resolve}
      />
      {resolving && (
        <ResolveDialog
          {...resolving}
          onClose={changed => {
            setResolving(undefined);
            if (!changed) return;
            void excess.reload();
            void missing.reload();
            onChange();
          }}
        />
      )}
    </>
  );
}
