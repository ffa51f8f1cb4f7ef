import type {
  DataProductEntity,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
} from '../routes';
import { useT } from '../useT';

const useStyles = makeStyles({
  // A target of 32 px, though it looks like a line of text.
  link: { display: 'inline-block', lineHeight: '32px', whiteSpace: 'nowrap' },
});

/**
 * The one next step with a product: use what one has, see what one asked for,
 * or ask.
 */
export function ProductAction(props: {
  product: DataProductEntity;
  usage?: ProductUsage;
  variant: 'link' | 'button';
}) {
  const { product, usage, variant } = props;
  const t = useT();
  const classes = useStyles();
  const accessPath = useRouteRef(entitlementRouteRef);
  const requestPath = useRouteRef(requestRouteRef);
  const formPath = useRouteRef(requestFormRouteRef);
  const { name, namespace = 'default', title = name } = product.metadata;
  const { lifecycle } = product.spec;

  let to: string;
  let words: string;
  let label: string;
  if (usage?.myEntitlement) {
    to = accessPath({ id: usage.myEntitlement.id });
    words = t('discover.use');
    label = t('discover.useOf', { title });
  } else if (usage?.myRequest) {
    to = requestPath({ id: usage.myRequest.id });
    words = t('discover.seeRequest');
    label = t('discover.seeRequestOf', { title });
  } else if (usage?.publication && !usage.publication.requestable) {
    return (
      <Typography
        variant="body2"
        color="textSecondary"
        component="span"
        title={usage.publication.why.replace(/`/g, '')}
      >
        {t('discover.notPublished')}
      </Typography>
    );
  } else if (lifecycle === 'active' || lifecycle === 'deprecated') {
    to = formPath({ namespace, name });
    words = t('discover.request');
    label = t('discover.requestOf', { title });
  } else {
    return (
      <Typography variant="body2" color="textSecondary" component="span">
        {lifecycle === 'retired'
          ? t('discover.retired')
          : t('discover.notRequestable')}
      </Typography>
    );
  }
  return variant === 'button' ? (
    <LinkButton variant="contained" color="primary" to={to} aria-label={label}>
      {words}
    </LinkButton>
  ) : (
    <Link className={classes.link} variant="body2" to={to} aria-label={label}>
      {words}
    </Link>
  );
}
