import { ReactNode } from 'react';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityInfoCard,
  EntityRefLink,
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { useProductOverview } from '../api';
import { ClassificationChip } from '../state/ClassificationChip';
import { fullRef } from '../components';
import { StateChip } from '../state/StateChip';
import { TagsHint } from '../tag/TagsHint';
import { useTagsSeen } from '../tag/useTagsSeen';
import { useT } from '../useT';
import { Support } from './Support';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, auto) minmax(0, 1fr)',
    gap: theme.spacing(1, 2),
    alignItems: 'baseline',
    margin: 0,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

function Row(props: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

/** What a data product is, and who answers for it. */
export function DataProductAboutCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const ref = stringifyEntityRef(entity);
  const overview = useProductOverview(ref).value;
  // A hint: where it cannot be had, the tab says why.
  const tags = useTagsSeen(ref).value;
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  const { spec, metadata } = entity;
  const { namespace } = metadata;

  return (
    <EntityInfoCard title={t('product.about.title')}>
      <dl className={classes.list}>
        <Row label={t('product.about.status')}>
          <StateChip state={spec.lifecycle} />
        </Row>
        <Row label={t('product.about.version')}>{spec.version}</Row>
        <Row label={t('product.about.type')}>
          {t(`product.about.types.${spec.type}`)}
        </Row>
        <Row label={t('product.about.domain')}>
          <EntityRefLink
            entityRef={fullRef(spec.domain, 'domain', namespace)}
          />
        </Row>
        <Row label={t('product.about.owner')}>
          <EntityRefLink entityRef={fullRef(spec.owner, 'group', namespace)} />
        </Row>
        <Row label={t('product.about.classification')}>
          <ClassificationChip
            classification={spec.classification ?? 'unclassified'}
          />
        </Row>
        <Row label={t('product.about.support')}>
          <Support support={spec.support} />
        </Row>
        {tags && tags.keys.length > 0 && (
          <Row label={t('tags.hint.label')}>
            <TagsHint tags={tags} path={`${entityPath}/tags`} />
          </Row>
        )}
        {overview && (
          <Row label={t('product.about.consumers')}>{overview.consumers}</Row>
        )}
      </dl>
    </EntityInfoCard>
  );
}
