import { useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftResolution,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh } from '../../api';
import {
  CardSkeleton,
  CodeWords,
  toneColors,
  SubTitle,
  ReasonField,
} from '../../components';
import { useT } from '../../useT';
import { DeltaLines } from '../../plan/DeltaLines';
import { PreviewDialog } from './PreviewDialog';
import { resolutionDelta } from './resolutionDelta';
import { usePreviewed } from './usePreviewed';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 2),
    padding: 0,
    maxHeight: 320,
    overflowY: 'auto',
    fontSize: theme.typography.body2.fontSize,
  },
  item: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.75),
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
  good: { color: toneColors(theme, 'good').color },
  bad: { color: toneColors(theme, 'bad').color },
}));

function Item(props: {
  action: DriftAction;
  item: DriftItem;
  outcome?: DriftResolution['items'][number];
  done: boolean;
}) {
  const { action, item, outcome, done } = props;
  const t = useT();
  const classes = useStyles();
  const failed = outcome && !outcome.ok;
  const lines = resolutionDelta(action, item);
  return (
    <li className={classes.item}>
      <span>
        {failed && (
          <ErrorIcon fontSize="small" className={classes.bad} aria-hidden />
        )}
        {done && outcome?.ok && (
          <CheckIcon fontSize="small" className={classes.good} aria-hidden />
        )}
      </span>
      <div>
        <CodeWords text={item.words} />
        {!done && lines.length > 0 && <DeltaLines lines={lines} />}
        {outcome?.ok && !done && outcome.effects.length > 0 && (
          <div>
            {t('grants.resolve.effects', { count: outcome.effects.length })}
          </div>
        )}
        {outcome?.ok &&
          !done &&
          (outcome.effects.length > 0 ? (
            outcome.effects.map(({ words }, index) => (
              <div key={index} className={classes.quiet}>
                <CodeWords text={words} />
              </div>
            ))
          ) : (
            <div className={classes.quiet}>{t('grants.resolve.noEffect')}</div>
          ))}
        {done && outcome?.ok && (
          <div className={classes.good}>{t('grants.resolve.done')}</div>
        )}
        {failed && <div className={classes.bad}>{outcome.error}</div>}
      </div>
    </li>
  );
}

/**
 * Re-applies, adopts or revokes some drift: shows first what would happen to
 * each, asks for a reason where one is needed, and then what did happen.
 */
export function ResolveDialog(props: {
  action: DriftAction;
  items: DriftItem[];
  onClose: (changed: boolean) => void;
}) {
  const { action, onClose } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  // The list behind is refreshed meanwhile; what is resolved here stays.
  const [items] = useState(props.items);
  const ids = items.map(item => item.id);
  const [reason, setReason] = useState('');
  const needsReason = action !== 'reapply';
  const lacking = needsReason && !reason.trim();
  const previewed = usePreviewed(`dry run ${action} ${ids}`, ({ dryRun }) =>
    api.resolveDrift({
      ids,
      action,
      ...(dryRun && { dryRun }),
      ...(!dryRun && reason.trim() && { reason: reason.trim() }),
    }),
  );
  const { preview, result } = previewed;
  const outcomes = new Map(
    (result ?? preview.value)?.items.map(one => [one.id, one]),
  );
  let status = '';
  if (result) {
    status = t('grants.resolve.result', {
      done: String(result.items.filter(one => one.ok).length),
      total: String(result.items.length),
    });
  } else if (lacking) status = t('grants.resolve.needsReason');

  return (
    <PreviewDialog
      title={t(`grants.resolve.title.${action}`, { count: items.length })}
      words={t(`grants.resolve.words.${action}`)}
      previewed={previewed}
      failed={t('grants.resolve.failed')}
      permission="data-mesh.drift.resolve"
      status={status}
      submit={t(`grants.resolve.do.${action}`)}
      danger={action === 'revoke'}
      blocked={lacking}
      onClose={onClose}
    >
      <SubTitle component="h3">{t('grants.resolve.preview')}</SubTitle>
      {preview.loading && <CardSkeleton lines={2} />}
      <ul className={classes.list}>
        {items.map(item => (
          <Item
            key={item.id}
            action={action}
            item={item}
            outcome={outcomes.get(item.id)}
            done={result !== undefined}
          />
        ))}
      </ul>
      {!result && (
        <ReasonField
          id="data-mesh-resolve-reason"
          label={
            needsReason
              ? t('grants.resolve.reason')
              : t('grants.resolve.reasonOptional')
          }
          value={reason}
          required={needsReason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ 'data-autofocus': true }}
          variant="outlined"
          fullWidth
          rows={3}
        />
      )}
    </PreviewDialog>
  );
}
