import { FormEvent, useState } from 'react';
import type { ClaimDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useDataMesh } from '../api';
import { ErrorState, PlainDialog, ReasonField } from '../components';
import { useT } from '../useT';
import { ClaimPreviewView } from './ClaimPreviewView';
import { PlaceFields } from './PlaceFields';
import { draftOfPlace, placeOfDraft } from './placeDraft';
import { useClaimPreview } from './useClaimPreview';

const TITLE_ID = 'data-mesh-claim-dialog';

/** Asks for a place on behalf of a domain, or changes what was asked for. */
export function ClaimDialog(props: {
  domainRef: string;
  /** The claim that is changed; absent for a new one. */
  claim?: ClaimDetail;
  onClose: () => void;
  onSaved: (claim: ClaimDetail) => void;
}) {
  const { domainRef, claim, onClose, onSaved } = props;
  const t = useT();
  const api = useDataMesh();
  const domain = useEntityPresentation(domainRef).primaryTitle;
  const [draft, setDraft] = useState(() => draftOfPlace(claim?.place));
  const [reason, setReason] = useState(claim?.reason ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const place = placeOfDraft(draft);
  const preview = useClaimPreview(domainRef, place);
  const lacking =
    !place || !reason.trim() || (preview.value?.problems.length ?? 0) > 0;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!place || lacking || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      onSaved(
        claim
          ? await api.reviseClaim(claim.id, claim.version, {
              place,
              reason: reason.trim(),
            })
          : await api.createClaim({ domainRef, place, reason: reason.trim() }),
      );
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };

  return (
    <PlainDialog open onClose={onClose} titleId={TITLE_ID} maxWidth="md">
      <form onSubmit={event => void submit(event)}>
        <DialogTitle id={TITLE_ID}>
          {t(claim ? 'places.dialog.reviseTitle' : 'places.dialog.title', {
            domain,
          })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText variant="body2">
            {t('places.dialog.help')}
          </DialogContentText>
          {error && (
            <ErrorState
              error={error}
              what={t('places.claimWhat')}
              title={t('places.decide.failed')}
            />
          )}
          <PlaceFields draft={draft} onChange={setDraft} />
          <ReasonField
            id="data-mesh-claim-reason"
            fullWidth
            rows={2}
            margin="dense"
            variant="outlined"
            label={t('places.dialog.reason')}
            value={reason}
            required
            onChange={event => setReason(event.target.value)}
          />
          {place && (
            <ClaimPreviewView domainRef={domainRef} preview={preview} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={lacking || busy}
          >
            {busy ? t('places.dialog.sending') : t('places.dialog.send')}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
