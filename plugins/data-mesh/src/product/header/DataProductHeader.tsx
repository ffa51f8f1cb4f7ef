import {
  isolatedText,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteRef,
  EntityRefLink,
  useAsyncEntity,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import type { EntityHeaderLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { Header } from '@backstage/ui';
import { makeStyles } from '@material-ui/core/styles';
import { useParams } from 'react-router-dom';
import { useProductOverview } from '../../api';
import { ClassificationChip } from '../../state/ClassificationChip';
import { fullRef } from '../../components';
import { StateChip } from '../../state/StateChip';
import { rootRouteRef } from '../../routes';
import { useT } from '../../useT';
import { Support } from '../Support';
import { firstSentence } from './firstSentence';
import { ProductHeaderAction } from './ProductHeaderAction';
import { ProductMenu } from './ProductMenu';

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    // Of the button, which comes later.
    minHeight: 37,
    '& a[role="button"]': { textTransform: 'none', whiteSpace: 'nowrap' },
  },
}));

function Known(
  props: EntityHeaderLayoutProps & { product: DataProductEntity },
) {
  const { product, tabs, activeTabId } = props;
  const t = useT();
  const classes = useStyles();
  const discover = useRouteRef(rootRouteRef);
  const entityLink = useRouteRef(entityRouteRef);
  const { primaryTitle } = useEntityPresentation(product);
  const { value: overview, loading } = useProductOverview(
    stringifyEntityRef(product),
  );
  const { spec, metadata } = product;
  const domainRef = fullRef(spec.domain, 'domain', metadata.namespace);
  const domain = useEntityPresentation(domainRef, { defaultKind: 'domain' });
  const { consumers } = overview ?? {};
  return (
    <Header
      title={isolatedText(primaryTitle)}
      description={
        metadata.description &&
        isolatedText(firstSentence(metadata.description))
      }
      // Above the title, which breadcrumbs beside it would cut off.
      tags={[
        { label: t('pages.discover'), href: discover() },
        {
          label: isolatedText(domain.primaryTitle),
          href: entityLink(paramsOf(domainRef)),
        },
      ]}
      metadata={[
        {
          label: t('product.about.status'),
          value: <StateChip state={spec.lifecycle} />,
        },
        { label: t('product.about.version'), value: spec.version },
        {
          label: t('product.about.classification'),
          value: (
            <ClassificationChip
              classification={spec.classification ?? 'unclassified'}
            />
          ),
        },
        {
          label: t('product.about.owner'),
          value: (
            <EntityRefLink
              entityRef={fullRef(spec.owner, 'group', metadata.namespace)}
              hideIcon
            />
          ),
        },
        {
          label: t('product.about.support'),
          value: <Support support={spec.support} brief />,
        },
        // It keeps its place while it is on its way. What may be absent stands
        // elsewhere, so that nothing below the header moves when it is known.
        ...(consumers === undefined && !loading
          ? []
          : [
              {
                label: t('product.about.consumers'),
                value: consumers === undefined ? '…' : String(consumers),
              },
            ]),
      ]}
      tabs={tabs}
      activeTabId={activeTabId}
      customActions={
        <div className={classes.actions}>
          <ProductHeaderAction product={product} overview={overview} />
          <ProductMenu product={product} />
        </div>
      }
    />
  );
}

function paramsOf(ref: string) {
  const [, kind, namespace, name] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref) ?? [];
  return { kind, namespace, name };
}

/**
 * Head of a data product's pages in place of the catalog's own: what it is, who
 * answers for it, and the one next step.
 */
export function DataProductHeader(props: EntityHeaderLayoutProps) {
  const { entity } = useAsyncEntity<DataProductEntity>();
  const { name = '' } = useParams();
  return entity ? (
    <Known {...props} product={entity} />
  ) : (
    <Header title={name} />
  );
}
