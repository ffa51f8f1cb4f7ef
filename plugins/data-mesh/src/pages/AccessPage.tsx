import {
  isUnderWay,
  type EntitlementDetail,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { useDataMesh, useLoad, useMe, type Loaded } from '../api';
import { statusOf } from '../components';
import { AccessOfOthers } from '../entitlement/AccessOfOthers';
import { isHeldBy } from '../entitlement/isHeldBy';
import { groupsShown } from '../entitlement/list/accessItems';
import { useAccessUrl } from '../entitlement/list/useAccessUrl';
import { useMyAccess } from '../entitlement/list/useMyAccess';
import { AccessPanel } from '../entitlement/panel/AccessPanel';
import { accessRouteRef, entitlementRouteRef } from '../routes';
import { MyAccessPage } from './MyAccessPage';

/**
 * My access, and one of them in a panel over it. To others who may read an
 * access, such as who approved it, its address shows a page of its own: their
 * own list has nothing to do with it.
 */
export function AccessPage() {
  const { id } = useParams();
  const api = useDataMesh();
  const me = useMe();
  const loaded = useLoad(
    id && `access ${id}`,
    () => api.getEntitlement(id ?? ''),
    { pollWhile: isUnderWay },
  );
  const { value: access, error } = loaded;
  const isOwn = access && (!me.value || isHeldBy(me.value, access));
  const isMissing =
    error && !access && [403, 404].includes(statusOf(error) ?? 0);
  if (id && (isMissing || (access && !isOwn))) {
    return <AccessOfOthers loaded={loaded} purposes={me.value?.purposes} />;
  }
  return (
    <>
      <MyAccessPage />
      {id && (
        <OwnAccess id={id} loaded={loaded} purposes={me.value?.purposes} />
      )}
    </>
  );
}

/** One's own access, over the list that it stands in. */
function OwnAccess(props: {
  id: string;
  loaded: Loaded<EntitlementDetail>;
  purposes?: readonly Purpose[];
}) {
  const { id, loaded, purposes } = props;
  const { search } = useLocation();
  const navigate = useNavigate();
  const listLink = useRouteRef(accessRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const [url] = useAccessUrl();
  const { items = [] } = useMyAccess(url.view);
  const step = (by: 1 | -1) => {
    const rows = groupsShown(items, url, Date.now())
      .flatMap(group => group.items)
      .filter(({ kind }) => kind === 'access');
    const next = rows[rows.findIndex(row => row.id === id) + by];
    if (next) {
      navigate(`${accessLink({ id: next.id })}${search}`, { replace: true });
    }
  };
  return (
    <AccessPanel
      loaded={loaded}
      purposes={purposes}
      url={`${window.location.origin}${accessLink({ id })}`}
      onClose={() => navigate(`${listLink()}${search}`)}
      onStep={step}
    />
  );
}
