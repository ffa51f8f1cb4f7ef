import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { useDataMesh } from '../../api';
import { CodeWords, messageOf, RelativeTime } from '../../components';
import { ChangeList } from '../../scope/ChangeList';
import { diffScopes } from '../../scope/requestDiff';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';
import { useEntitlementWrite } from '../actions/useEntitlementWrite';

/** A change of an active entitlement on its way: what it changes, how far. */
export function ChangeNotice(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const requestLink = useRouteRef(requestRouteRef);
  const {
    error: refused,
    busy,
    write,
  } = useEntitlementWrite(entitlement, onChange);
  const { change } = entitlement;
  if (!change) return null;
  const failed = change.state === 'failed';
  const mayRetry =
    failed && 'actions' in entitlement && entitlement.actions.includes('retry');
  return (
    <div
      className={`${failed ? classes.bad : classes.waiting} ${classes.inherit}`}
      role={failed ? 'alert' : 'status'}
    >
      {t(`access.change.${change.kind}.${change.state}`)}{' '}
      <RelativeTime value={change.since} prefix={t('access.change.since')} />
      {change.requestId && (
        <>
          {' · '}
          <Link to={requestLink({ id: change.requestId })}>
            {t('access.actions.request')}
          </Link>
        </>
      )}
      <ChangeList changes={diffScopes(entitlement.scope, change.scope)} />
      {change.error && (
        <div>
          {t('access.failure.said', {
            code: change.error.code,
            message: change.error.message,
          })}
          {change.error.advice && (
            <div>
              <CodeWords text={change.error.advice} />
            </div>
          )}
        </div>
      )}
      {refused && (
        <div>
          {t('access.failure.notRetried', { message: messageOf(refused) })}
        </div>
      )}
      {mayRetry && (
        <div className={classes.buttons}>
          <Button
            size="small"
            variant="outlined"
            disabled={busy}
            onClick={() =>
              void write(({ id, version }) => api.retryEntitlement(id, version))
            }
          >
            {t('access.failure.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
