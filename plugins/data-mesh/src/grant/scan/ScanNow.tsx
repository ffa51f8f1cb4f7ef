import { useState } from 'react';
import type { ScanStatus } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Loaded, useDataMesh } from '../../api';
import { messageOf } from '../../components';
import { useT } from '../../useT';

/** Starts a scan of everything, for whoever may; for others there is nothing. */
export function ScanNow(props: { scans: Loaded<ScanStatus> }) {
  const { scans } = props;
  const t = useT();
  const api = useDataMesh();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const running = scans.value?.items.some(
    item => item.last?.state === 'running',
  );

  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      scans.set(await api.startScan());
    } catch (cause) {
      setError(cause as Error);
    } finally {
      setBusy(false);
    }
  };

  if (!scans.value?.maySteer) return null;
  return (
    <>
      {error && (
        <Typography variant="body2" color="error" role="alert">
          {t('grants.scan.startFailed')}: {messageOf(error)}
        </Typography>
      )}
      <Button
        color="primary"
        variant="contained"
        disabled={busy || running}
        onClick={() => void start()}
      >
        {running ? t('grants.scan.running') : t('grants.scan.start')}
      </Button>
    </>
  );
}
