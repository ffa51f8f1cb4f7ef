import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreVert';
import { useNavigate } from 'react-router-dom';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
} from '../../routes';
import { useT } from '../../useT';
import { actionsOf } from '../actions/actionsOf';
import { useEntitlementDialogs } from '../actions/useEntitlementDialogs';

/** All that can be done with one access, behind three dots. */
export function AccessRowMenu(props: {
  access: Entitlement;
  label: string;
  onChange: (changed: EntitlementDetail) => void;
}) {
  const { access, label, onChange } = props;
  const t = useT();
  const navigate = useNavigate();
  const formLink = useRouteRef(requestFormRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const [anchor, setAnchor] = useState<Element>();
  const { open, dialog } = useEntitlementDialogs(access, onChange);
  const { namespace, name } = parseEntityRef(access.productRef);
  const may = actionsOf(access);
  const close = () => setAnchor(undefined);
  const form = (query: { [key: string]: string }) =>
    `${formLink({ namespace, name })}?${new URLSearchParams(query)}`;

  const choice = (words: string, onClick: () => void) => (
    <MenuItem
      key={words}
      onClick={() => {
        close();
        onClick();
      }}
    >
      {words}
    </MenuItem>
  );
  return (
    <>
      <IconButton
        size="small"
        aria-haspopup="menu"
        aria-label={label}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== undefined} onClose={close}>
        {choice(t('access.actions.open'), () =>
          navigate(accessLink({ id: access.id })),
        )}
        {may.includes('amend') &&
          choice(t('access.actions.amend'), () =>
            navigate(form({ amend: access.id })),
          )}
        {may.includes('renew') &&
          choice(t('access.actions.renewWith'), () =>
            navigate(form({ renew: access.id })),
          )}
        {may.includes('narrow') &&
          choice(t('access.actions.narrow'), () => open('narrow'))}
        {may.includes('relinquish') &&
          choice(t('access.actions.relinquish'), () => open('relinquish'))}
        {choice(t('access.actions.request'), () =>
          navigate(requestLink({ id: access.requestId })),
        )}
        {choice(t('access.actions.copyArn'), () => {
          void navigator.clipboard?.writeText(access.principal.id);
        })}
      </Menu>
      {dialog}
    </>
  );
}
