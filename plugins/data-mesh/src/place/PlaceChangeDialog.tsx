import { FormEvent, useState } from 'react';
import type {
  HeldPlace,
  PlaceChange,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import {
  CardSkeleton,
  CodeWords,
  ErrorState,
  PlainDialog,
  SubTitle,
  ReasonField,
} from '../components';
import { useT } from '../useT';

const TITLE_ID = 'data-mesh-place-change';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(0, 0, 1),
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

function Effects(props: { change: PlaceChange }) {
  const { change } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <>
      <ul className={classes.list}>
        {change.words.map(words => (
          <li key={words}>
            <CodeWords text={words} />
          </li>
        ))}
        <li>
          {t('places.change.entitlements', { count: change.entitlements })}
        </li>
        <li>{t('places.change.requests', { count: change.requests })}</li>
      </ul>
      {change.publications.length > 0 && (
        <>
          <SubTitle component="h3">{t('places.change.publications')}</SubTitle>
          <ul className={classes.list}>
            {change.publications.map(({ productRef, port }) => (
              <li key={`${productRef} ${port}`}>
                <EntityRefLink entityRef={productRef} hideIcon /> · {port}
              </li>
            ))}
          </ul>
        </>
      )}
      {change.hidden > 0 && (
        <Typography variant="body2">
          {t('places.change.hidden', { count: change.hidden })}
        </Typography>
      )}
    </>
  );
}

/** Hands a place over or gives it back, after saying what that means. */
export function PlaceChangeDialog(props: {
  held: HeldPlace;
  how: 'hand-over' | 'give-back';
  onClose: () => void;
  onDone: () => void;
}) {
  const { held, how, onClose, onDone } = props;
  const t = useT();
  const api = useDataMesh();
  const catalogApi = useApi(catalogApiRef);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const isHandOver = how === 'hand-over';
  const domains = useLoad(
    isHandOver ? 'domains' : undefined,
    async () => {
      const { items } = await catalogApi.getEntities({
        filter: { kind: 'Domain' },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
        ],
      });
      return items
        .map(entity => ({
          ref: stringifyEntityRef(entity),
          title: entity.metadata.title ?? entity.metadata.name,
        }))
        .filter(({ ref }) => ref !== held.domainRef);
    },
    { live: false },
  );
  const change = (dryRun: boolean, words: string) =>
    isHandOver
      ? api.handOverPlace(held.id, { toDomainRef: to, reason: words, dryRun })
      : api.giveBackPlace(held.id, { reason: words, dryRun });
  const effects = useLoad(
    isHandOver && !to ? undefined : `${how} ${held.id} ${to}`,
    () => change(true, '-'),
    { live: false },
  );
  const ready = Boolean(reason.trim() && (!isHandOver || to) && effects.value);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!ready || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await change(false, reason.trim());
      onDone();
    } catch (cause) {
      setFailure(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  const place = held.words.replace(/`/g, '');

  return (
    <PlainDialog open onClose={onClose} titleId={TITLE_ID}>
      <form onSubmit={event => void submit(event)}>
        <DialogTitle id={TITLE_ID}>
          {isHandOver
            ? t('places.change.handOverTitle', { place })
            : t('places.change.giveBackTitle', { place })}
        </DialogTitle>
        <DialogContent>
          {failure && (
            <ErrorState
              error={failure}
              what={t('places.what')}
              title={t('places.change.failed')}
            />
          )}
          {isHandOver && (
            <TextField
              id="data-mesh-place-to"
              select
              fullWidth
              margin="dense"
              variant="outlined"
              label={t('places.change.to')}
              value={to}
              onChange={event => setTo(event.target.value)}
            >
              {(domains.value ?? []).map(({ ref, title }) => (
                <MenuItem key={ref} value={ref}>
                  {title}
                </MenuItem>
              ))}
            </TextField>
          )}
          <ReasonField
            id="data-mesh-place-reason"
            fullWidth
            rows={2}
            margin="dense"
            variant="outlined"
            label={t('places.change.reason')}
            value={reason}
            required
            onChange={event => setReason(event.target.value)}
          />
          {(!isHandOver || to) && (
            <>
              <SubTitle component="h3">{t('places.change.look')}</SubTitle>
              {effects.loading && <CardSkeleton lines={2} />}
              {effects.error && (
                <ErrorState error={effects.error} what={t('places.what')} />
              )}
              {effects.value && <Effects change={effects.value} />}
            </>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={!ready || busy}
          >
            {isHandOver
              ? t('places.change.handOver')
              : t('places.change.giveBack')}
          </Button>
        </DialogActions>
      </form>
    </PlainDialog>
  );
}
