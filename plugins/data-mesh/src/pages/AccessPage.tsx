import { useRef } from 'react';
import { isUnderWay } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { useDataMesh, useLoad, useMe } from '../api';
import { statusOf } from '../components';
import { isHeldBy } from '../entitlement/isHeldBy';
import { AccessPanel } from '../entitlement/panel/AccessPanel';
import { accessRouteRef, entitlementRouteRef } from '../routes';
import { AccessOfOthers } from '../entitlement/AccessOfOthers';
import { MyAccessPage } from './MyAccessPage';

/**
 * My access, and one of them in a panel over it. To others who may read an
 * access, such as who approved it, its address shows a page of its own: their
 * own list has nothing to do with it.
 */
export function AccessPage() {
  const { id } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const api = useDataMesh();
  const listLink = useRouteRef(accessRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const me = useMe();
  const loaded = useLoad(
    id && `access ${id}`,
    () => api.getEntitlement(id ?? ''),
    { pollWhile: isUnderWay },
  );
  const { value: access, error } = loaded;
  // The rows as they stand in the list behind, for the keys.
  const area = useRef<HTMLDivElement>(null);

  const isOwn = access && (!me.value || isHeldBy(me.value, access));
  const isMissing =
    error && !access && [403, 404].includes(statusOf(error) ?? 0);
  if (id && (isMissing || (access && !isOwn))) {
    return <AccessOfOthers loaded={loaded} purposes={me.value?.purposes} />;
  }
  const step = (by: 1 | -1) => {
    const rows = [...(area.current?.querySelectorAll('li[data-access]') ?? [])];
    const at = rows.findIndex(row => row.id === id);
    const next = rows[at + by];
    if (next)
      navigate(`${accessLink({ id: next.id })}${search}`, { replace: true });
  };
  return (
    <div ref={area}>
      <MyAccessPage />
      {id && (
        <AccessPanel
          loaded={loaded}
          purposes={me.value?.purposes}
          url={`${window.location.origin}${accessLink({ id })}`}
          onClose={() => navigate(`${listLink()}${search}`)}
          onStep={step}
        />
      )}
    </div>
  );
}
