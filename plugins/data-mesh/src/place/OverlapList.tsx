import type { PlaceOverlap } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, SubTitle, toneColors } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    ...toneColors(theme, 'attention'),
    '& a': { color: 'inherit', textDecoration: 'underline' },
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Places of other domains that a claim overlaps. */
export function OverlapList(props: { overlaps: readonly PlaceOverlap[] }) {
  const t = useT();
  const classes = useStyles();
  if (props.overlaps.length === 0) return null;
  return (
    <section className={classes.root}>
      <SubTitle component="h3">{t('places.claim.overlapsTitle')}</SubTitle>
      <ul className={classes.list}>
        {props.overlaps.map(({ domainRef, words, relation }) => (
          <li key={`${domainRef} ${words}`}>
            <EntityRefLink entityRef={domainRef} hideIcon />:{' '}
            <CodeWords text={words} /> {t(`places.claim.relation.${relation}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
