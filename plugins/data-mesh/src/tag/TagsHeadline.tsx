import type { ProductTags } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, SkeletonBar } from '../components';
import { useT } from '../useT';
import { TagsStateChip } from './TagsStateChip';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    marginBottom: theme.spacing(1),
    minHeight: 22,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** How the tags stand, and whose turn it is; keeps its place until then. */
export function TagsHeadline(props: { tags?: ProductTags; ownerRef: string }) {
  const { tags, ownerRef } = props;
  const t = useT();
  const classes = useStyles();
  if (!tags) {
    return (
      <div className={classes.root} aria-hidden>
        <SkeletonBar width={240} height={22} />
      </div>
    );
  }
  const { findings, steps, errors, mayApply } = tags;
  const isDone = steps.length === 0 && findings.length === 0;
  return (
    <div className={classes.root}>
      <TagsStateChip tags={tags} />
      {steps.length > 0 && findings.length === 0 && (
        <span>{t('tags.undefinedWords')}</span>
      )}
      {isDone && errors.length === 0 && <span>{t('tags.turn.none')}</span>}
      {steps.length > 0 && mayApply && <span>{t('tags.turn.you')}</span>}
      {steps.length === 0 && findings.length > 0 && (
        <span>{t('tags.cannotApply')}</span>
      )}
      {steps.length > 0 && !mayApply && (
        <span>
          {t('tags.turn.others')} <EntityRefLink entityRef={ownerRef} />{' '}
          <CodeWords
            text={t('tags.turn.or', {
              permission: '`data-mesh.drift.resolve`',
            })}
          />
        </span>
      )}
    </div>
  );
}
