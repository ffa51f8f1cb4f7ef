import { Fragment } from 'react';
import type { PolicyStage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, toneColors } from '../../../components';
import { useT } from '../../../useT';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '22px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(1.5),
    fontSize: theme.typography.body2.fontSize,
  },
  number: {
    width: 22,
    height: 22,
    lineHeight: '22px',
    borderRadius: 11,
    textAlign: 'center',
    fontSize: theme.typography.pxToRem(12),
    fontWeight: 700,
    ...toneColors(theme, 'waiting'),
  },
  who: { fontWeight: 600 },
  because: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  leave: {
    marginTop: theme.spacing(0.5),
    minHeight: 32,
    textTransform: 'none',
    textAlign: 'left',
    justifyContent: 'flex-start',
  },
}));

/** Who has to decide, one after the other, and because of what. */
export function StageList(props: {
  stages: readonly PolicyStage[];
  /** Unpicks columns; offered where a stage depends on them. */
  onLeaveOut?: (columns: string[]) => void;
  /** Whether anything would be left without these columns. */
  canLeaveOut?: (columns: string[]) => boolean;
}) {
  const { stages, onLeaveOut, canLeaveOut } = props;
  const t = useT();
  const classes = useStyles();
  const roleOf = ({ name }: PolicyStage) => {
    switch (name) {
      case 'owner':
        return t('requestForm.happen.roleOwner');
      case 'steward':
        return t('requestForm.happen.roleSteward');
      case 'fallback':
        return t('requestForm.happen.roleFallback');
      default:
        return t('requestForm.happen.roleOther', { stage: name });
    }
  };
  return (
    <ol className={classes.list}>
      {stages.map((stage, index) => {
        const columns = stage.columns ?? [];
        const avoidable =
          onLeaveOut && columns.length > 0 && canLeaveOut?.(columns);
        return (
          <li key={`${stage.name} ${index}`} className={classes.item}>
            <span className={classes.number}>{index + 1}</span>
            <div>
              <span className={classes.who}>
                {stage.approvers.map((ref, at) => (
                  <Fragment key={ref}>
                    {at > 0 && ` ${t('requestForm.happen.anyOf')} `}
                    <EntityRefLink entityRef={ref} hideIcon />
                  </Fragment>
                ))}
              </span>{' '}
              {roleOf(stage)}
              <div className={classes.because}>
                <CodeWords text={stage.because} />
              </div>
              {avoidable && (
                <Button
                  className={classes.leave}
                  size="small"
                  variant="outlined"
                  onClick={() => onLeaveOut(columns)}
                >
                  {t('requestForm.happen.leaveOut', {
                    count: columns.length,
                    left: t('requestForm.price.approvals', {
                      count: stages.length - 1,
                    }),
                  })}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
