import {
  DATA_PRODUCT_KIND,
  isDataProductEntity,
  type DataProductEntity,
  type ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
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

/** The data products of a Domain. */
export function DomainDataProductsCard() {
  const { entity } = useEntity();
  const t = useT();
  const classes = useStyles();
  const catalogApi = useApi(catalogApiRef);
  const discoverPath = useRouteRef(rootRouteRef);
  const ref = stringifyEntityRef(entity);
  const products = useLoad(
    `products of ${ref}`,
    async () => {
      const { items } = await catalogApi.queryEntities({
        filter: { kind: DATA_PRODUCT_KIND, 'relations.partOf': ref },
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: 50,
      });
      return items.filter(isDataProductEntity);
    },
    { live: false },
  );
  const { value = [] } = products;
  const dataMesh = useDataMesh();
  const usage = useLoad('usage', () => dataMesh.listProductUsage());
  const publicationOf = (product: DataProductEntity) =>
    usage.value?.items.find(
      item => item.productRef === stringifyEntityRef(product),
    )?.publication;

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
      {products.loading && <ListSkeleton rows={3} lines={2} />}
      {products.error && !products.value && (
        <ErrorState
          error={products.error}
          what={t('product.domain.what')}
          onRetry={products.reload}
        />
      )}
      {products.value && value.length === 0 && (
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
              <PublishedAs publication={publicationOf(product)} />
              <ClassificationChip
                classification={product.spec.classification ?? 'unclassified'}
              />
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
