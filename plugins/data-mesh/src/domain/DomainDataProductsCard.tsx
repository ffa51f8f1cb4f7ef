import type {
  DataProductEntity,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityInfoCard,
  EntityRefLink,
  useEntity,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { ClassificationChip } from '../state/ClassificationChip';
import { EmptyState, ErrorState, FreeText, ListSkeleton } from '../components';
import { StateChip } from '../state/StateChip';
import { PublicationChip } from '../publication/PublicationChip';
import { rootRouteRef } from '../routes';
import { useT } from '../useT';
import { useDomainProducts } from './useDomainProducts';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontFamily: theme.typography.fontFamily,
  },
  row: {
    padding: theme.spacing(1.25, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  name: { fontWeight: 700, overflowWrap: 'anywhere' },
  quiet: { color: theme.palette.text.secondary },
}));

function PublishedAs(props: { publication?: ProductUsage['publication'] }) {
  const { publication } = props;
  return publication ? (
    <PublicationChip state={publication.state} reason={publication.why} />
  ) : null;
}

/** How much a product is used and asked for, as far as it is known. */
function UsedBy(props: { usage?: ProductUsage }) {
  const { consumers, openRequests = 0 } = props.usage ?? {};
  const t = useT();
  const classes = useStyles();
  if (consumers === undefined) return null;
  return (
    <Typography variant="caption" className={classes.quiet}>
      {[
        t('discover.consumers', { count: consumers }),
        ...(openRequests > 0
          ? [t('domain.requests', { count: openRequests })]
          : []),
      ].join(' · ')}
    </Typography>
  );
}

/** The data products of a Domain. */
export function DomainDataProductsCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const discoverPath = useRouteRef(rootRouteRef);
  const ref = stringifyEntityRef(entity);
  const products = useDomainProducts(ref);
  const dataMesh = useDataMesh();
  const usage = useLoad('usage', () => dataMesh.listProductUsage());
  const usageOf = (product: DataProductEntity) =>
    usage.value?.items.find(
      item => item.productRef === stringifyEntityRef(product),
    );
  // Whatever is used most comes first; nothing is shown before that is known.
  const loading = products.loading || usage.loading;
  const value = loading
    ? []
    : [...(products.value?.items ?? [])].sort(
        (a, b) =>
          Number(b.spec.lifecycle === 'active') -
            Number(a.spec.lifecycle === 'active') ||
          (usageOf(b)?.consumers ?? 0) - (usageOf(a)?.consumers ?? 0),
      );

  return (
    <EntityInfoCard
      title={t('product.domain.title')}
      headerActions={
        value.length > 0 ? (
          <Link
            to={`${discoverPath()}?${new URLSearchParams({ domain: ref })}`}
          >
            {t('product.domain.all')}
          </Link>
        ) : undefined
      }
    >
      {loading && <ListSkeleton rows={5} lines={2} />}
      {products.error && !products.value && (
        <ErrorState
          error={products.error}
          what={t('product.domain.what')}
          onRetry={products.reload}
        />
      )}
      {products.value && !loading && value.length === 0 && (
        <EmptyState
          title={t('product.domain.none')}
          description={t('product.domain.noneWords')}
        />
      )}
      <ul className={classes.list}>
        {value.map(product => (
          <li key={stringifyEntityRef(product)} className={classes.row}>
            <div className={classes.line}>
              <EntityRefLink
                entityRef={product}
                className={classes.name}
                hideIcon
              />
              <Typography variant="caption" className={classes.quiet}>
                v{product.spec.version}
              </Typography>
              <StateChip state={product.spec.lifecycle} />
              <PublishedAs publication={usageOf(product)?.publication} />
              <ClassificationChip
                classification={product.spec.classification ?? 'unclassified'}
              />
              <UsedBy usage={usageOf(product)} />
            </div>
            {product.metadata.description && (
              <Typography variant="body2" className={classes.quiet}>
                <FreeText>{product.metadata.description}</FreeText>
              </Typography>
            )}
          </li>
        ))}
      </ul>
    </EntityInfoCard>
  );
}
