import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { Duration } from 'luxon';
import { useDataMesh, useLoad } from '../api';
import {
  ErrorState,
  ProductAction,
  SkeletonBar,
  Standing,
} from '../components';
import { PublicationNotice } from '../publications/PublicationNotice';
import { requestFormRouteRef } from '../routes';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    minHeight: 36,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    // Not by Material UI's class names: the legacy system prefixes them.
    '& button, & a[role="button"]': { textTransform: 'none' },
  },
  quiet: { color: theme.palette.text.secondary },
  // A target of 32 px, though it looks like a word.
  link: { display: 'inline-block', lineHeight: '32px' },
  action: { marginLeft: 'auto' },
}));

/** Hours as people say them: hours up to two days, then days. */
export function hoursInWords(hours: number): string {
  const rounded = Math.max(1, Math.round(hours));
  return (
    rounded < 48
      ? Duration.fromObject({ hours: rounded })
      : Duration.fromObject({ days: Math.round(rounded / 24) })
  ).toHuman();
}

/** Whether the caller has access to the product, and the way to it. */
export function DataProductMyAccessCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const dataMesh = useDataMesh();
  const formPath = useRouteRef(requestFormRouteRef);
  const ref = stringifyEntityRef(entity);
  const usage = useLoad(`usage ${ref}`, () => dataMesh.listProductUsage());
  const mine = usage.value?.items.find(item => item.productRef === ref);
  const median = mine?.medianDecisionHours;
  const held = mine?.myEntitlement;
  const { namespace = 'default', name } = entity.metadata;

  return (
    <EntityInfoCard title={t('product.about.yourAccess')}>
      {usage.error && !usage.value && (
        <ErrorState
          error={usage.error}
          what={t('product.about.whatUsage')}
          onRetry={usage.reload}
        />
      )}
      <div className={classes.root}>
        {usage.loading && <SkeletonBar width={160} height={22} />}
        {usage.value && <Standing usage={mine} />}
        {median !== undefined && !mine?.myEntitlement && (
          <span className={classes.quiet}>
            {t('product.about.usually', { when: hoursInWords(median) })}
          </span>
        )}
        {held?.state === 'active' &&
          (['renew', 'amend'] as const).map(kind => (
            <Link
              key={kind}
              className={classes.link}
              to={`${formPath({ namespace, name })}?${new URLSearchParams({
                [kind]: held.id,
              })}`}
            >
              {t(`access.actions.${kind}`)}
            </Link>
          ))}
        <span className={classes.action}>
          {!usage.loading && (
            <ProductAction product={entity} usage={mine} variant="button" />
          )}
        </span>
      </div>
      <PublicationNotice usage={mine} />
    </EntityInfoCard>
  );
}
