import {
  productInWords,
  ProductHit,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityDisplayName,
  entityRouteParams,
  entityRouteRef,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ProductAction } from './ProductAction';
import { Standing } from '../../state/Standing';
import { StateChip } from '../../state/StateChip';
import { fullRef } from '../../components';
import { useT } from '../../useT';
import { Highlighted } from '../../components/text/Highlighted';
import { PublicationChip } from '../../publication/PublicationChip';
import { MatchReason } from './MatchReason';

/** Of a row, and of the skeleton that stands for it. */
export const RESULT_HEIGHT = 101;

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
export function ProductResult(props: {
  hit: ProductHit;
  search: string;
  usage?: ProductUsage;
  /** False while it is not known what the caller has access to. */
  withAccess: boolean;
  /** The caller answers for it. */
  owns: boolean;
}) {
  const { hit, search, usage, withAccess, owns } = props;
  const { metadata, spec } = hit.product;
  const t = useT();
  const classes = useStyles();
  const entityPath = useRouteRef(entityRouteRef)(
    entityRouteParams(hit.product),
  );
  const title = metadata.title ?? metadata.name;
  const column = search
    ? hit.matches.find(({ kind }) => kind === 'column')
    : undefined;
  return (
    <li className={classes.root}>
      <div>
        <div className={classes.head}>
          <EntityRefLink
            entityRef={hit.ref}
            className={classes.title}
            hideIcon
            disableTooltip
            data-result
          >
            <Highlighted
              text={productInWords({
                productRef: hit.ref,
                productTitle: title,
              })}
              search={search}
            />
          </EntityRefLink>
          <span className={classes.version}>v{spec.version}</span>
          {spec.lifecycle !== 'active' && <StateChip state={spec.lifecycle} />}
          {usage?.publication && (
            <PublicationChip
              state={usage.publication.state}
              reason={usage.publication.why.replace(/`/g, '')}
            />
          )}
        </div>
        {metadata.description && (
          <Typography
            variant="body2"
            className={classes.description}
            title={metadata.description}
          >
            <Highlighted text={metadata.description} search={search} />
          </Typography>
        )}
        <div className={classes.line}>
          <span>
            <EntityDisplayName
              entityRef={fullRef(spec.domain, 'domain', metadata.namespace)}
              hideIcon
              disableTooltip
            />
          </span>
          <span>
            <EntityDisplayName
              entityRef={fullRef(spec.owner, 'group', metadata.namespace)}
              hideIcon
              disableTooltip
            />
          </span>
          <span>
            {t('discover.ports', { count: spec.outputPorts?.length ?? 0 })}
          </span>
          {usage && (
            <span>{t('discover.consumers', { count: usage.consumers })}</span>
          )}
          <span>
            {t(
              `discover.classification.${
                spec.classification ?? 'unclassified'
              }`,
            )}
          </span>
        </div>
        {search && (
          <MatchReason
            matches={hit.matches}
            search={search}
            visible={`${title} ${metadata.description ?? ''}`}
            title={title}
            schemaPath={`${entityPath}/schema`}
            portTitle={name =>
              spec.outputPorts?.find(port => port.name === name)?.title ?? name
            }
          />
        )}
      </div>
      <div className={classes.side}>
        {withAccess ? <Standing usage={usage} /> : <span />}
        <ProductAction
          product={hit.product}
          usage={usage}
          owns={owns}
          column={column}
        />
      </div>
    </li>
  );
}
