import { useState } from 'react';
import {
  actionsOfPhase,
  isOpenRequest,
  type DataProductEntity,
  type OutputPort,
  type PortOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ArrowIcon from '@material-ui/icons/ArrowDropDown';
import { makeStyles } from '@material-ui/core/styles';
import { useNavigate } from 'react-router-dom';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
} from '../../routes';
import { useT } from '../../useT';
import { canBeAskedFor, portStatesOf } from './portStates';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    '& button, & a[role="button"]': { textTransform: 'none' },
  },
}));

type Choice = { words: string; to: string };

/** Further ways to ask, behind one button. */
function MoreWays(props: { label: string; of: string; choices: Choice[] }) {
  const { label, of, choices } = props;
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<Element>();
  return (
    <>
      <Button
        variant="outlined"
        size="small"
        endIcon={<ArrowIcon />}
        aria-haspopup="menu"
        aria-label={of}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {label}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        onClose={() => setAnchor(undefined)}
      >
        {choices.map(({ words, to }) => (
          <MenuItem key={to} onClick={() => navigate(to)}>
            {words}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/**
 * The next step with a port, and every other way to ask: whoever holds or asked
 * for something can always ask for more, or for another principal.
 */
export function PortActions(props: {
  product: DataProductEntity;
  port: OutputPort;
  overview?: PortOverview;
}) {
  const { product, port, overview } = props;
  const t = useT();
  const classes = useStyles();
  const accessLink = useRouteRef(entitlementRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const formLink = useRouteRef(requestFormRouteRef);
  const { name, namespace = 'default' } = product.metadata;
  const title = port.title ?? port.name;
  const form = (query: { [key: string]: string }) =>
    `${formLink({ namespace, name })}?${new URLSearchParams(query)}`;
  const ask = form({ port: port.name });
  const canAsk = canBeAskedFor(product, overview);
  const states = portStatesOf(overview);
  const [first] = states;

  const button = (words: string, of: string, to: string) => (
    <LinkButton variant="outlined" size="small" to={to} aria-label={of}>
      {words}
    </LinkButton>
  );
  if (!first) {
    return canAsk ? (
      <div className={classes.root}>
        {button(
          t('product.ports.request'),
          t('product.ports.requestOf', { port: title }),
          ask,
        )}
      </div>
    ) : null;
  }

  let main;
  if (first.kind === 'access') {
    const isUsable = first.access.state === 'active';
    main = button(
      t(isUsable ? 'product.ports.use' : 'product.ports.see'),
      t(isUsable ? 'product.ports.useOf' : 'product.ports.seeOf', {
        port: title,
      }),
      accessLink({ id: first.access.id }),
    );
  } else {
    const { request } = first;
    const key = isOpenRequest(request)
      ? (request.state === 'changes-requested' && 'answer') || 'seeRequest'
      : 'seeWhy';
    main = button(
      t(`product.ports.${key}`),
      t(`product.ports.${key}Of`, { port: title }),
      requestLink({ id: request.id }),
    );
  }
  const isRefused = first.kind === 'request' && !isOpenRequest(first.request);
  const choices: Choice[] = [
    ...(overview?.access ?? [])
      .filter(access => actionsOfPhase(access).includes('amend'))
      .map(access => ({
        words: t('product.ports.change', { principal: access.principal.name }),
        to: form({ amend: access.id }),
      })),
    { words: t('product.ports.another'), to: ask },
  ];
  return (
    <div className={classes.root}>
      {main}
      {canAsk &&
        (isRefused ? (
          button(
            t('product.ports.askAgain'),
            t('product.ports.askAgainOf', { port: title }),
            ask,
          )
        ) : (
          <MoreWays
            label={t('product.ports.askForMore')}
            of={t('product.ports.askForMoreOf', { port: title })}
            choices={choices}
          />
        ))}
    </div>
  );
}
