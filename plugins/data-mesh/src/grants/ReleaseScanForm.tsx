import { FormEvent, useState } from 'react';
import type {
  Scan,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { useDataMesh } from '../api';
import { ErrorState } from '../components';
import { PlainDialog } from '../requests/PlainDialog';
import { useT } from '../useT';

const TITLE_ID = 'data-mesh-release-scan';

/** Accepts what a halted scan saw, with a reason. */
export function ReleaseScanForm(props: {
  scan: Scan;
  onClose: () => void;
  onDone: (status: ScanStatus) => void;
}) {
  const { scan, onClose, onDone } = props;
  const t = useT();
  const api = useDataMesh();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const blocked = busy || !reason.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (blocked) return;
    setBusy(true);
    try {
      onDone(await api.releaseScan(scan.id, reason.trim()));
    } catch (cause) {
      setError(cause as Error);
      setBusy(false);
    }
  };

  return (
    <PlainDialog open titleId={TITLE_ID} onClose={onClose}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>{t('grants.scan.releaseTitle')}</DialogTitle>
        <DialogContent>
          {error && (
            <ErrorState
              error={error}
              what={t('grants.scan.what')}
              title={t('grants.scan.releaseFailed')}
              permission="data-mesh.drift.resolve"
            />
          )}
          <DialogContentText variant="body2">
            {t('grants.scan.releaseWords')}
          </DialogContentText>
          {scan.error && (
            <DialogContentText variant="body2">{scan.error}</DialogContentText>
          )}
          <TextField
            id="data-mesh-release-reason"
            label={t('grants.scan.releaseReason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            inputProps={{ maxLength: 4000, 'data-autofocus': true }}
            required
            variant="outlined"
            fullWidth
            multiline
            rows={3}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={blocked}
          >
            {t('grants.scan.release')}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
