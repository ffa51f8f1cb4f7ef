import { useState } from 'react';
import type {
  Scan,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import DialogContentText from '@material-ui/core/DialogContentText';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useDataMesh } from '../../api';
import { useT } from '../../useT';

/** Accepts what a halted scan saw, with a reason. */
export function ReleaseScanForm(props: {
  scan: Scan;
  onClose: () => void;
  onDone: (status: ScanStatus) => void;
}) {
  const { scan, onClose, onDone } = props;
  const t = useT();
  const api = useDataMesh();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const release = async (reason: string) => {
    setBusy(true);
    try {
      onDone(await api.releaseScan(scan.id, reason));
    } catch (cause) {
      setError(cause as Error);
      setBusy(false);
    }
  };

  return (
    <ReasonDialog
      title={t('grants.scan.releaseTitle')}
      words={t('grants.scan.releaseWords')}
      what={t('grants.scan.releaseFailed')}
      permission="data-mesh.drift.resolve"
      label={t('grants.scan.releaseReason')}
      submit={t('grants.scan.release')}
      error={error}
      busy={busy}
      onClose={onClose}
      onSubmit={reason => void release(reason)}
    >
      {scan.error && (
        <DialogContentText variant="body2">{scan.error}</DialogContentText>
      )}
    </ReasonDialog>
  );
}
