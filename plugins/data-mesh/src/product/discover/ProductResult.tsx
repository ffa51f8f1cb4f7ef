import {
  productInWords,
  ProductHit,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ClassificationChip } from '../../state/ClassificationChip';
import { ProductAction } from '../ProductAction';
import { Standing } from '../../state/Standing';
import { StateChip } from '../../state/StateChip';
import { fullRef } from '../../components';
import { useT } from '../../useT';
import { Highlighted } from '../../components/text/Highlighted';
import { PublicationChip } from '../../publication/PublicationChip';
import { MatchReason } from './MatchReason';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.75, 2.25),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:focus-within': { background: theme.palette.action.hover },
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  title: { fontSize: theme.typography.pxToRem(15), fontWeight: 700 },
  version: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.pxToRem(12),
    fontWeight: 600,
    margin: theme.spacing(0, 1, 0, 0.75),
  },
  line: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    marginTop: theme.spacing(0.25),
    '& > *:not(:last-child)::after': { content: '" · "' },
  },
  description: {
    margin: theme.spacing(0.5, 0),
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-end',
    gap: theme.spacing(0.5),
    [theme.breakpoints.down('sm')]: {
      flexDirection: 'row',
      alignItems: 'center',
      flexWrap: 'wrap',
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
}) {
  const { hit, search, usage, withAccess } = props;
  const { metadata, spec } = hit.product;
  const t = useT();
  const classes = useStyles();
  return (
    <li className={classes.root}>
      <div>
        <div>
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
                productTitle: metadata.title ?? metadata.name,
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
        </div>
        {metadata.description && (
          <Typography
            variant="body2"
            className={classes.description}
            title={
              metadata.description.length > 160
                ? metadata.description
                : undefined
            }
          >
            <Highlighted text={metadata.description} search={search} />
          </Typography>
        )}
        {search && (
          <MatchReason
            matches={hit.matches}
            search={search}
            visible={`${metadata.title ?? metadata.name} ${
              metadata.description ?? ''
            }`}
          />
        )}
      </div>
      <div className={classes.side}>
        {withAccess && <Standing usage={usage} />}
        <ClassificationChip
          classification={spec.classification ?? 'unclassified'}
        />
        <ProductAction product={hit.product} usage={usage} variant="link" />
      </div>
    </li>
  );
}
