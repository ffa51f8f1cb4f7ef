import { useCallback, useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftKind,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { Loaded, useDataMesh, usePages } from '../../api';
import { useT } from '../../useT';
import { DriftSection } from './DriftSection';
import { ReconcileDialog } from './ReconcileDialog';
import { ResolveDialog } from './ResolveDialog';

const PAGE = 100;
const EXCESS: readonly DriftKind[] = ['excess'];
const MISSING: readonly DriftKind[] = ['missing', 'identity', 'residue'];

function useDrift(kinds: readonly DriftKind[]) {
  const api = useDataMesh();
  return usePages(`drift ${kinds}`, cursor =>
    api.listDrift({ kind: [...kinds], limit: PAGE, cursor }),
  );
}

/** What AWS holds that nobody approved, and what was approved and is not held. */
export function DriftView(props: {
  scans: Loaded<ScanStatus>;
  onChange: () => void;
}) {
  const { scans, onChange } = props;
  const t = useT();
  const excess = useDrift(EXCESS);
  const missing = useDrift(MISSING);
  const [resolving, setResolving] = useState<{
    action: DriftAction;
    items: DriftItem[];
  }>();
  const [reconciling, setReconciling] = useState(false);
  const reload = () => {
    void excess.reload();
    void missing.reload();
    onChange();
  };
  const resolve = useCallback(
    (action: DriftAction, items: DriftItem[]) =>
      setResolving({ action, items }),
    [],
  );
  return (
    <>
      <DriftSection
        title={t('grants.drift.excess')}
        words={t('grants.drift.excessWords')}
        none={t('grants.drift.excessNone')}
        kinds={EXCESS}
        drift={excess}
        onResolve={resolve}
      />
      <DriftSection
        title={t('grants.drift.missing')}
        words={t('grants.drift.missingWords')}
        none={t('grants.drift.missingNone')}
        action={
          missing.value &&
          missing.value.items.length > 0 && (
            <Button
              size="small"
              variant="outlined"
              aria-haspopup="dialog"
              onClick={() => setReconciling(true)}
            >
              {t('grants.reconcile.open')}
            </Button>
          )
        }
        kinds={MISSING}
        drift={missing}
        onResolve={resolve}
      />
      {reconciling && (
        <ReconcileDialog
          scans={scans}
          onClose={changed => {
            setReconciling(false);
            if (changed) reload();
          }}
        />
      )}
      {resolving && (
        <ResolveDialog
          {...resolving}
          onClose={changed => {
            setResolving(undefined);
            if (changed) reload();
          }}
        />
      )}
    </>
  );
}
