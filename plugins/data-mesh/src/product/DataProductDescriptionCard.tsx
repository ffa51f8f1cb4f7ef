import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityInfoCard,
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { TagsHint } from '../tag/TagsHint';
import { useTagsSeen } from '../tag/useTagsSeen';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.75),
    listStyle: 'none',
    margin: theme.spacing(1.5, 0, 0),
    padding: 0,
  },
  tag: { margin: 0 },
  hint: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1),
    marginTop: theme.spacing(1.5),
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
  },
  label: { color: theme.palette.text.secondary },
}));

/**
 * What the owner says of a data product: the whole text, its tags, and whether
 * its LF-Tags are as declared.
 */
export function DataProductDescriptionCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const { description, tags = [] } = entity.metadata;
  const entityPath = useRouteRef(entityRouteRef)(entityRouteParams(entity));
  // A hint: where it cannot be had, the tab says why.
  const lfTags = useTagsSeen(stringifyEntityRef(entity)).value;
  return (
    <EntityInfoCard title={t('product.about.about')}>
      <MarkdownContent
        content={description ?? t('product.about.noDescription')}
      />
      {tags.length > 0 && (
        <ul className={classes.list} aria-label={t('product.about.tags')}>
          {tags.map(tag => (
            <li key={tag}>
              <Chip size="small" label={tag} className={classes.tag} />
            </li>
          ))}
        </ul>
      )}
      {lfTags && lfTags.keys.length > 0 && (
        <div className={classes.hint}>
          <span className={classes.label}>{t('tags.hint.label')}</span>
          <TagsHint tags={lfTags} path={`${entityPath}/tags`} />
        </div>
      )}
    </EntityInfoCard>
  );
}
