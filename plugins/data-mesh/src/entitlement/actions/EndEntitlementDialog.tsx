import { FormEvent, useEffect, useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  productInWords,
  liveEntitlementStates,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { darken } from '@material-ui/core/styles/colorManipulator';
import { useDataMesh, useLoad } from '../../api';
import { ErrorState } from '../../components/list/ErrorState';
import { CardSkeleton } from '../../components/list/Skeletons';
import { toneColors } from '../../components/state/tones';
import { useT } from '../../useT';
import { RevocationEffects } from './RevocationEffects';
import { EndMode, useEndEntitlement } from './useEndEntitlement';
import { PlainDialog, ReasonField } from '../../components';

const TITLE_ID = 'data-mesh-end-entitlement';

const useStyles = makeStyles(theme => ({
  affects: { marginBottom: theme.spacing(2) },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'attention'),
  },
  effects: { minHeight: 72, marginBottom: theme.spacing(1) },
  danger: {
    // The main red carries white text with less than 4.5 : 1.
    color: theme.palette.getContrastText(theme.palette.error.dark),
    backgroundColor: theme.palette.error.dark,
    '&:hover': { backgroundColor: darken(theme.palette.error.dark, 0.15) },
  },
}));

function EndForm(props: {
  entitlement: Entitlement;
  mode: EndMode;
  onClose: () => void;
  onDone: (ended: EntitlementDetail) => void;
}) {
  const { entitlement, mode, onClose, onDone } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [reason, setReason] = useState('');
  const { current, conflict, error, busy, end } = useEndEntitlement(
    entitlement,
    mode,
    onDone,
  );
  const over = !liveEntitlementStates.includes(current.state);
  const preview = useLoad(
    over ? undefined : `revocation ${current.id} ${current.version}`,
    () => api.previewRevocation(current.id),
    { live: false },
  );
  const names = {
    principal: current.principal.name,
    product: productInWords(current),
  };
  const reasonMissing = mode === 'revoke' && !reason.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reasonMissing && !over && !busy) void end(reason.trim());
  };

  return (
    <form onSubmit={submit}>
      <DialogTitle id={TITLE_ID}>
        {mode === 'revoke'
          ? t('access.end.revokeTitle', names)
          : t('access.end.relinquishTitle', names)}
      </DialogTitle>
      <DialogContent>
        {conflict && (
          <div className={classes.notice} role="alert">
            {over
              ? t('access.end.over')
              : t('access.end.conflict', {
                  state: t(`state.${current.state}`),
                })}
          </div>
        )}
        {error && (
          <ErrorState
            error={error}
            what={t('access.end.loadWhat')}
            title={t('access.end.failedTitle')}
          />
        )}
        <Typography variant="body2" className={classes.affects}>
          {t('access.end.affects', names)}
        </Typography>
        <div className={classes.effects}>
          {preview.loading && <CardSkeleton lines={3} />}
          {preview.error && !preview.value && (
            <ErrorState
              error={preview.error}
              what={t('access.end.loadWhat')}
              onRetry={() => void preview.reload()}
            />
          )}
          {preview.value && preview.value.removes.length > 0 && (
            <RevocationEffects
              title={t('access.end.removes')}
              effects={preview.value.removes}
            />
          )}
          {preview.value && preview.value.removes.length === 0 && (
            <Typography variant="body2" paragraph>
              {t('access.end.removesNothing')}
            </Typography>
          )}
          {preview.value && preview.value.keeps.length > 0 && (
            <RevocationEffects
              title={t('access.end.keeps')}
              effects={preview.value.keeps}
            />
          )}
        </div>
        <ReasonField
          id="data-mesh-end-reason"
          label={
            mode === 'revoke'
              ? t('access.end.whyRevoke')
              : t('access.end.whyRelinquish')
          }
          helperText={mode === 'revoke' && t('access.end.whyRevokeHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ 'data-autofocus': true }}
          required={mode === 'revoke'}
          variant="outlined"
          fullWidth
          rows={3}
          // Whoever opens the dialog comes to give the reason.
          // eslint-disable-next-line jsx-a11y/no-autofocus
        />
      </DialogContent>
      <DialogActions>
        <Typography variant="body2" color="textSecondary">
          {reasonMissing && t('access.end.needsReason')}
        </Typography>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          type="submit"
          variant="contained"
          className={classes.danger}
          disabled={reasonMissing || over || busy}
        >
          {mode === 'revoke'
            ? t('access.end.revoke')
            : t('access.end.relinquish')}
        </Button>
      </DialogActions>
    </form>
  );
}

/**
 * Ends an entitlement: shows first which grants go and which stay, and asks
 * for the reason. `revoke` is for the product's owner and needs one,
 * `relinquish` is for who holds it.
 */
export function EndEntitlementDialog(props: {
  entitlement: Entitlement;
  mode: EndMode;
  open: boolean;
  onClose: () => void;
  onDone: (ended: EntitlementDetail) => void;
}) {
  const { open, onClose, entitlement } = props;
  // What was typed is gone only when the dialog was closed on purpose.
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!open) setRound(value => value + 1);
  }, [open]);
  return (
    <PlainDialog open={open} onClose={onClose} titleId={TITLE_ID}>
      <EndForm key={`${entitlement.id} ${round}`} {...props} />
    </PlainDialog>
  );
}
