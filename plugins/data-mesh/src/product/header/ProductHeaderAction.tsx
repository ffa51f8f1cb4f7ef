import {
  isOpenRequest,
  type DataProductEntity,
  type ProductOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
  requestsRouteRef,
} from '../../routes';
import { useT } from '../../useT';
import { canBeAskedFor, portStatesOf } from '../ports/portStates';

/**
 * The one next step with a product: decide what waits for the reader, answer
 * what they were asked, use what they have, see what they asked for, or ask.
 */
export function ProductHeaderAction(props: {
  product: DataProductEntity;
  overview?: ProductOverview;
}) {
  const { product, overview } = props;
  const t = useT();
  const accessLink = useRouteRef(entitlementRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const formLink = useRouteRef(requestFormRouteRef);
  if (!overview) return null;
  const { name, namespace = 'default' } = product.metadata;
  const states = overview.ports.flatMap(portStatesOf);
  const access = states.flatMap(state =>
    state.kind === 'access' && state.access.state === 'active'
      ? state.access
      : [],
  );
  const open = states.flatMap(state =>
    state.kind === 'request' && isOpenRequest(state.request)
      ? state.request
      : [],
  );
  const answer = open.find(({ state }) => state === 'changes-requested');

  const button = (words: string, to: string) => (
    <LinkButton variant="contained" color="primary" to={to}>
      {words}
    </LinkButton>
  );
  if (overview.toDecide > 0) {
    const query = new URLSearchParams({ view: 'toDecide', q: name });
    return button(
      t('product.header.decide', { count: overview.toDecide }),
      `${requestsLink()}?${query}`,
    );
  }
  if (answer) {
    return button(t('product.ports.answer'), requestLink({ id: answer.id }));
  }
  if (access.length > 0) {
    return button(t('product.ports.use'), accessLink({ id: access[0].id }));
  }
  if (open.length > 0) {
    return button(
      t('product.ports.seeRequest'),
      requestLink({ id: open[0].id }),
    );
  }
  return overview.ports.some(port => canBeAskedFor(product, port))
    ? button(t('discover.askFor'), formLink({ namespace, name }))
    : null;
}
