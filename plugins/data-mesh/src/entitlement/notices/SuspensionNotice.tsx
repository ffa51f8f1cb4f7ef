import {
  openRequestStates,
  type Entitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RefWords, RelativeTime } from '../../components';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';

/** As many as somebody reads at once. */
const SHOWN = 5;

/** Why an access was taken away until somebody decides, and where that is asked. */
export function SuspensionNotice(props: {
  entitlement: Entitlement | EntitlementDetail;
}) {
  const { entitlement } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const requestLink = useRouteRef(requestRouteRef);
  const { suspension } = entitlement;
  if (!suspension) return null;
  const { newlyReached } = suspension;
  const asked =
    'requests' in entitlement
      ? entitlement.requests?.find(
          ({ kind, state }) =>
            kind === 'resume' && openRequestStates.includes(state),
        )
      : undefined;
  const more = newlyReached.length - SHOWN;
  return (
    <div className={`${classes.attention} ${classes.inherit}`} role="status">
      <RelativeTime
        value={suspension.since}
        prefix={t('access.suspension.suspended')}
      />
      {t('access.suspension.because')}
      {asked && (
        <>
          {' · '}
          <Link to={requestLink({ id: asked.id })}>
            {t('access.suspension.request')}
          </Link>
        </>
      )}
      <ul className={classes.list}>
        {newlyReached.slice(0, SHOWN).map(words => (
          <li key={words}>
            <RefWords text={words} />
          </li>
        ))}
        {more > 0 && <li>{t('access.suspension.more', { count: more })}</li>}
      </ul>
    </div>
  );
}
