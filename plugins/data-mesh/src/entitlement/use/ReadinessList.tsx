import { useState } from 'react';
import type {
  CheckState,
  Entitlement,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  CardSkeleton,
  ErrorState,
  RelativeTime,
  ToneChip,
} from '../../components';
import {
  CHECK_ICONS,
  CHECK_TONES,
  CheckList,
} from '../../components/state/CheckList';
import { useT } from '../../useT';

const READY: Record<Readiness['ready'], CheckState> = {
  yes: 'ok',
  no: 'failed',
  unknown: 'unknown',
};

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
  },
}));

/** Whether the principal can really query, line by line with the fix. */
export function ReadinessList(props: { entitlement: Entitlement }) {
  const { id } = props.entitlement;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const loaded = useLoad(`readiness ${id}`, () => api.getReadiness(id), {
    live: false,
  });
  const { value } = loaded;
  const state = value && READY[value.ready];
  const Icon = state && CHECK_ICONS[state];
  // Where all is well, the lines that say so only take room.
  const canFold = value?.ready === 'yes';
  const [isOpen, setIsOpen] = useState(false);
  const isFolded = canFold && !isOpen;
  return (
    <section aria-label={t('usage.readiness.title')}>
      <Typography variant="subtitle2" component="h3">
        {t('usage.readiness.title')}
      </Typography>
      {loaded.loading && <CardSkeleton lines={4} />}
      {loaded.error && !value && (
        <ErrorState
          error={loaded.error}
          what={t('usage.readiness.what')}
          onRetry={() => void loaded.reload()}
        />
      )}
      {value && state && Icon && (
        <>
          <div className={classes.head}>
            <ToneChip
              tone={CHECK_TONES[state]}
              icon={<Icon aria-hidden />}
              label={t(`usage.readiness.${value.ready}`)}
            />
            <RelativeTime
              value={value.checkedAt}
              prefix={t('usage.readiness.checked')}
            />
            {canFold && (
              <Button
                size="small"
                aria-expanded={!isFolded}
                onClick={() => setIsOpen(!isOpen)}
              >
                {t('usage.readiness.checks', { count: value.checks.length })}
              </Button>
            )}
            <Button
              size="small"
              disabled={loaded.reloading}
              onClick={() => void loaded.reload()}
            >
              {t('usage.readiness.again')}
            </Button>
          </div>
          {!isFolded && <CheckList checks={value.checks} />}
        </>
      )}
    </section>
  );
}
