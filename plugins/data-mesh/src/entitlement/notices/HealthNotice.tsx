import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { useDataMesh } from '../../api';
import { CodeWords, messageOf } from '../../components';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';
import { useEntitlementWrite } from '../actions/useEntitlementWrite';

/** What the system holds other than was approved; applies it again. */
export function HealthNotice(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const { error, busy, write } = useEntitlementWrite(entitlement, onChange);
  const { state, health, healthReason } = entitlement;
  if (state !== 'active' || (health !== 'degraded' && health !== 'excess')) {
    return null;
  }
  const mayReapply =
    health === 'degraded' &&
    'actions' in entitlement &&
    entitlement.actions.includes('reapply');
  return (
    <div className={classes.attention}>
      <CodeWords
        text={t(`access.health.${health}`, {
          reason: healthReason ?? t('access.health.noReason'),
        })}
      />
      {error && (
        <div role="alert">
          {t('access.health.notReapplied', { message: messageOf(error) })}
        </div>
      )}
      {mayReapply && (
        <div className={classes.buttons}>
          <Button
            size="small"
            variant="outlined"
            disabled={busy}
            onClick={() =>
              void write(({ id, version }) =>
                api.reapplyEntitlement(id, version),
              )
            }
          >
            {t('access.health.reapply')}
          </Button>
        </div>
      )}
    </div>
  );
}
