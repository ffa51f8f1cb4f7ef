import type {
  ProductSearchItem,
  ProductSearchMatch,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
} from '../../routes';
import { columnInUrl } from '../../scope/columnsInUrl';
import { useT } from '../../useT';

/**
 * The one next step with a product: answer what one was asked, use what one
 * has, see what one asked for, or ask. A column that the search found is ticked
 * in the form already.
 */
export function ProductAction(props: {
  product: ProductSearchItem;
  /** The column that the search found. */
  column?: ProductSearchMatch;
}) {
  const { product, column } = props;
  const t = useT();
  const accessPath = useRouteRef(entitlementRouteRef);
  const requestPath = useRouteRef(requestRouteRef);
  const formPath = useRouteRef(requestFormRouteRef);
  const { title, lifecycle } = product;

  const button = (words: string, label: string, to: string) => (
    <LinkButton
      variant="outlined"
      color="default"
      size="small"
      to={to}
      aria-label={label}
    >
      {words}
    </LinkButton>
  );
  const sentence = (words: string, why?: string) => (
    <Typography
      variant="body2"
      color="textSecondary"
      component="span"
      title={why}
    >
      {words}
    </Typography>
  );

  const { myEntitlement, myRequest, publication } = product.usage ?? {};
  if (myRequest?.state === 'changes-requested') {
    return button(
      t('discover.answer'),
      t('discover.answerOf', { title }),
      requestPath({ id: myRequest.id }),
    );
  }
  if (myEntitlement) {
    return button(
      t('discover.use'),
      t('discover.useOf', { title }),
      accessPath({ id: myEntitlement.id }),
    );
  }
  if (myRequest) {
    return button(
      t('discover.seeRequest'),
      t('discover.seeRequestOf', { title }),
      requestPath({ id: myRequest.id }),
    );
  }
  if (product.isOwn) return sentence(t('discover.youOwn'));
  if (publication && !publication.requestable) {
    return sentence(
      t('discover.notPublished'),
      publication.why.replace(/`/g, ''),
    );
  }
  if (lifecycle !== 'active' && lifecycle !== 'deprecated') {
    return sentence(
      lifecycle === 'retired'
        ? t('discover.retired')
        : t('discover.notRequestable'),
    );
  }
  const { namespace, name } = parseEntityRef(product.productRef);
  const query =
    column?.port && column.table
      ? `?${new URLSearchParams({
          port: column.port,
          ...columnInUrl(column.port, column.table, column.text),
        })}`
      : '';
  return button(
    t('discover.request'),
    t('discover.requestOf', { title }),
    `${formPath({ namespace, name })}${query}`,
  );
}
