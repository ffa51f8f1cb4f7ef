import { FormEvent, useState } from 'react';
import type {
  Tagging,
  TagFinding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import {
  CardSkeleton,
  CodeWords,
  ErrorState,
  toneColors,
  PlainDialog,
  SubTitle,
} from '../components';
import { PlanCalls } from '../plan/PlanCalls';
import { useT } from '../useT';
import { TaggingSteps } from './TaggingSteps';

const TITLE_ID = 'data-mesh-apply-tags';

const useStyles = makeStyles(theme => ({
  left: {
    marginTop: theme.spacing(2),
    color: toneColors(theme, 'attention').color,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  list: { margin: theme.spacing(0.5, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

function Left(props: { findings: TagFinding[] }) {
  const { findings } = props;
  const t = useT();
  const classes = useStyles();
  if (findings.length === 0) return null;
  return (
    <div className={classes.left}>
      {t('tags.dialog.left', { count: findings.length })}
      <ul className={classes.list}>
        {findings.map(({ words }) => (
          <li key={words.text}>
            <CodeWords text={words} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * Shows what applying the tags of a product would do, does it once that is
 * confirmed, and tells of each change how it went.
 */
export function ApplyTagsDialog(props: {
  productRef: string;
  title: string;
  onClose: (changed: boolean) => void;
}) {
  const { productRef, title, onClose } = props;
  const t = useT();
  const dataMesh = useDataMesh();
  const plan = useLoad(
    `tags plan ${productRef}`,
    () => dataMesh.applyProductTags(productRef, { dryRun: true }),
    { live: false },
  );
  const [result, setResult] = useState<Tagging>();
  const [changed, setChanged] = useState(false);
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const items = (result ?? plan.value)?.items ?? [];
  const done = items.filter(({ ok }) => ok).length;
  const hasFailed = result !== undefined && done < items.length;
  const close = () => {
    if (!busy) onClose(changed);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || result || items.length === 0) return;
    setBusy(true);
    setError(undefined);
    // Whatever becomes of it, what was seen before may not hold any more.
    setChanged(true);
    try {
      setResult(await dataMesh.applyProductTags(productRef, {}));
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  const lookAgain = () => {
    setResult(undefined);
    void plan.reload();
  };

  let heading: string | undefined;
  if (result) {
    heading = t('tags.dialog.result', {
      done: String(done),
      total: String(items.length),
    });
  } else if (items.length > 0) {
    heading = t('tags.dialog.count', { count: items.length });
  }
  const isLoading = plan.loading || (plan.reloading && !result);

  return (
    <PlainDialog open titleId={TITLE_ID} maxWidth="md" onClose={close}>
      <form onSubmit={submit}>
        <DialogTitle id={TITLE_ID}>
          {t('tags.dialog.title', { product: title })}
        </DialogTitle>
        <DialogContent>
          {!result && (
            <DialogContentText variant="body2">
              {t('tags.dialog.words')}
            </DialogContentText>
          )}
          {error && (
            <ErrorState
              error={error}
              what={t('tags.what')}
              title={t('tags.dialog.failed')}
              permission="data-mesh.drift.resolve"
            />
          )}
          {plan.error && !result && (
            <ErrorState
              error={plan.error}
              what={t('tags.dialog.what')}
              permission="data-mesh.drift.resolve"
              onRetry={() => void plan.reload()}
            />
          )}
          {isLoading && <CardSkeleton lines={3} />}
          {!isLoading && (result ?? plan.value) && (
            <div role="status">
              {heading ? (
                <SubTitle component="h3">{heading}</SubTitle>
              ) : (
                <Typography variant="body2">
                  {t('tags.dialog.nothing')}
                </Typography>
              )}
            </div>
          )}
          {!isLoading && items.length > 0 && (
            <>
              <TaggingSteps items={items} isDone={result !== undefined} />
              {!result && (
                <PlanCalls calls={items.map(({ step }) => step.call)} />
              )}
            </>
          )}
          {result && <Left findings={result.left} />}
        </DialogContent>
        <DialogActions>
          {result ? (
            <>
              {hasFailed && (
                <Button onClick={lookAgain}>{t('tags.dialog.again')}</Button>
              )}
              <Button color="primary" variant="contained" onClick={close}>
                {t('common.close')}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={close} disabled={busy}>
                {t('common.cancel')}
              </Button>
              {(isLoading || items.length > 0) && (
                <Button
                  type="submit"
                  color="primary"
                  variant="contained"
                  disabled={busy || isLoading}
                >
                  {busy
                    ? t('tags.dialog.busy')
                    : t('tags.dialog.do', { count: items.length })}
                </Button>
              )}
            </>
          )}
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
