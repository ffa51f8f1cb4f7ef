import { ComponentProps, forwardRef, useEffect, useState } from 'react';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { alertApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import { catalogEntityDeletePermission } from '@backstage/plugin-catalog-common/alpha';
import {
  UnregisterEntityDialog,
  useStarredEntity,
} from '@backstage/plugin-catalog-react';
import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import Tooltip from '@material-ui/core/Tooltip';
import MoreIcon from '@material-ui/icons/MoreVert';
import StarIcon from '@material-ui/icons/Star';
import NoStarIcon from '@material-ui/icons/StarBorder';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { rootRouteRef } from '../../routes';
import { useT } from '../../useT';

/** Asks what one may when the menu is opened, which few do. */
const UnregisterItem = forwardRef<
  HTMLLIElement,
  Pick<ComponentProps<typeof MenuItem>, 'onClick'>
>((props, ref) => {
  const t = useT();
  const { allowed } = useEntityPermission(catalogEntityDeletePermission);
  return allowed ? (
    <MenuItem {...props} button ref={ref}>
      {t('product.header.unregister')}
    </MenuItem>
  ) : null;
});

/** The star, and what the catalog's own menu has, as far as one may. */
export function ProductMenu(props: { product: DataProductEntity }) {
  const { product } = props;
  const t = useT();
  const alerts = useApi(alertApiRef);
  const navigate = useNavigate();
  const discover = useRouteRef(rootRouteRef);
  const [, setSearch] = useSearchParams();
  const { isStarredEntity, toggleStarredEntity } = useStarredEntity(product);
  const [anchor, setAnchor] = useState<Element>();
  const [removing, setRemoving] = useState(false);
  const star = t(
    isStarredEntity ? 'product.header.unstar' : 'product.header.star',
  );
  // The dialog is of this product, and closes with its page.
  useEffect(() => setRemoving(false), [product]);
  const choose = (act: () => void) => () => {
    setAnchor(undefined);
    act();
  };
  const copyUrl = async () => {
    await window.navigator.clipboard.writeText(window.location.href);
    alerts.post({
      message: t('common.copied'),
      severity: 'info',
      display: 'transient',
    });
  };
  const inspect = () =>
    setSearch(search => {
      const next = new URLSearchParams(search);
      next.set('inspect', 'overview');
      return next;
    });
  return (
    <>
      <Tooltip title={star}>
        <IconButton
          size="small"
          aria-label={star}
          aria-pressed={isStarredEntity}
          onClick={() => toggleStarredEntity()}
        >
          {isStarredEntity ? <StarIcon /> : <NoStarIcon />}
        </IconButton>
      </Tooltip>
      <IconButton
        size="small"
        aria-label={t('product.header.menu')}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
      >
        <MenuItem onClick={choose(() => void copyUrl())}>
          {t('product.header.copyUrl')}
        </MenuItem>
        <MenuItem onClick={choose(inspect)}>
          {t('product.header.inspect')}
        </MenuItem>
        <UnregisterItem onClick={choose(() => setRemoving(true))} />
      </Menu>
      {removing && (
        <UnregisterEntityDialog
          open
          entity={product}
          onClose={() => setRemoving(false)}
          onConfirm={() => navigate(discover())}
        />
      )}
    </>
  );
}
