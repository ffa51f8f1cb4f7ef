import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { MarkdownContent } from '@backstage/core-components';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
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
}));

/** What the owner says of a data product: the whole text, and its tags. */
export function DataProductDescriptionCard() {
  const { entity } = useEntity<DataProductEntity>();
  const t = useT();
  const classes = useStyles();
  const { description, tags = [] } = entity.metadata;
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
    </EntityInfoCard>
  );
}
