import { useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../../api';
import { CodeWords, messageOf, statusOf, toneColors } from '../../components';
import { useT } from '../../useT';
import { actionsOf } from '../actions/actionsOf';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(1),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
    ...toneColors(theme, 'bad'),
  },
  said: { marginTop: theme.spacing(0.5) },
  retry: { marginTop: theme.spacing(1), color: 'inherit' },
}));

/**
 * Why granting or removing failed, in the system's own words, with what can be
 * done about it. Nothing is shown of an entitlement that did not fail.
 */
export function EntitlementFailure(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Error>();
  if (entitlement.state !== 'failed') return null;
  const { id, error, failedFrom } = entitlement;
  const mayRetry = actionsOf(entitlement).includes('retry');

  const retry = async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      onChange(await api.retryEntitlement(id, entitlement.version));
    } catch (cause) {
      const failure = cause as Error;
      setRefused(failure);
      // Somebody else was faster: show what it is now.
      if (statusOf(failure) === 409) {
        await api.getEntitlement(id).then(onChange, setRefused);
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={classes.root} role="alert">
      {failedFrom === 'revoking'
        ? t('access.failure.undoing')
        : t('access.failure.applying')}
      {error && (
        <div className={classes.said}>
          {t('access.failure.said', {
            code: error.code,
            message: error.message,
          })}
          {error.advice && (
            <div>
              <CodeWords text={error.advice} />
            </div>
          )}
        </div>
      )}
      {refused && (
        <div className={classes.said}>
          {t('access.failure.notRetried', { message: messageOf(refused) })}
        </div>
      )}
      {mayRetry && (
        <Button
          className={classes.retry}
          size="small"
          variant="outlined"
          disabled={busy}
          onClick={() => void retry()}
        >
          {busy ? t('access.failure.retrying') : t('access.failure.retry')}
        </Button>
      )}
    </div>
  );
}
