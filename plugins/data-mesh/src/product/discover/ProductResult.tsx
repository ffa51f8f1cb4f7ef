import { memo, type CSSProperties } from 'react';
import {
  productInWords,
  type ProductSearchItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityDisplayName,
  entityRouteRef,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ProductAction } from './ProductAction';
import { Standing } from '../../state/Standing';
import { StateChip } from '../../state/StateChip';
import { useT } from '../../useT';
import { Highlighted } from '../../components/text/Highlighted';
import { PublicationChip } from '../../publication/PublicationChip';
import { MatchReason } from './MatchReason';

/** Of a row, and of the skeleton that stands for it. */
export const RESULT_HEIGHT = 101;

/** Thousands of rows are in the page; those out of sight are not drawn. */
const drawnInSight: CSSProperties = {
  contentVisibility: 'auto',
  containIntrinsicSize: `auto ${RESULT_HEIGHT}px`,
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(0.5, 2),
    boxSizing: 'border-box',
    minHeight: RESULT_HEIGHT,
    padding: theme.spacing(1, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:focus-within': { background: theme.palette.action.hover },
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  head: { lineHeight: '24px', overflowWrap: 'anywhere' },
  title: { fontSize: theme.typography.pxToRem(15), fontWeight: 700 },
  version: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.pxToRem(12),
    fontWeight: 600,
    margin: theme.spacing(0, 1, 0, 0.75),
  },
  // One line each, so that every row is as high as the next.
  line: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: '20px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '& > *:not(:last-child)::after': { content: '" · "' },
  },
  description: {
    lineHeight: '20px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-end',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5),
    '& a': { whiteSpace: 'nowrap' },
    [theme.breakpoints.down('xs')]: {
      flexDirection: 'row',
      alignItems: 'center',
    },
  },
}));

/** One product among the results: what it is, why it is here, what is next. */
export const ProductResult = memo(
  (props: { product: ProductSearchItem; search: string }) => {
    const { product, search } = props;
    const { productRef, title, description, usage, ports, matches } = product;
    const t = useT();
    const classes = useStyles();
    const entityPath = useRouteRef(entityRouteRef)(parseEntityRef(productRef));
    const column = search
      ? matches.find(({ kind }) => kind === 'column')
      : undefined;
    return (
      <li className={classes.root} style={drawnInSight}>
        <div>
          <div className={classes.head}>
            <EntityRefLink
              entityRef={productRef}
              className={classes.title}
              hideIcon
              disableTooltip
              data-result
            >
              <Highlighted
                text={productInWords({ productRef, productTitle: title })}
                search={search}
              />
            </EntityRefLink>
            <span className={classes.version}>v{product.version}</span>
            {product.lifecycle !== 'active' && (
              <StateChip state={product.lifecycle} />
            )}
            {usage?.publication && (
              <PublicationChip
                state={usage.publication.state}
                reason={usage.publication.why.replace(/`/g, '')}
              />
            )}
          </div>
          {description && (
            <Typography
              variant="body2"
              className={classes.description}
              title={description}
            >
              <Highlighted text={description} search={search} />
            </Typography>
          )}
          <div className={classes.line}>
            <span>
              <EntityDisplayName
                entityRef={product.domainRef}
                hideIcon
                disableTooltip
              />
            </span>
            <span>
              <EntityDisplayName
                entityRef={product.ownerRef}
                hideIcon
                disableTooltip
              />
            </span>
            <span>{t('discover.ports', { count: ports.length })}</span>
            {usage && (
              <span>{t('discover.consumers', { count: usage.consumers })}</span>
            )}
            <span>
              {t(
                `discover.classification.${
                  product.classification ?? 'unclassified'
                }`,
              )}
            </span>
          </div>
          {search && (
            <MatchReason
              matches={matches}
              beyond={product.moreMatches}
              search={search}
              visible={`${title} ${description ?? ''}`}
              title={title}
              schemaPath={`${entityPath}/schema`}
              portTitle={name =>
                ports.find(port => port.name === name)?.title ?? name
              }
            />
          )}
        </div>
        <div className={classes.side}>
          <Standing usage={usage} />
          <ProductAction product={product} column={column} />
        </div>
      </li>
    );
  },
);
