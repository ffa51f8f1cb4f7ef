import { useState } from 'react';
import { DateTime } from 'luxon';
import {
  type Scan,
  type ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Loaded } from '../../api';
import {
  EmptyState,
  RelativeTime,
  Tone,
  ToneChip,
  PlainDialog,
} from '../../components';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { ReleaseScanForm } from './ReleaseScanForm';
import { ScanNow } from './ScanNow';

const TITLE_ID = 'data-mesh-scans';

const TONES: Record<Scan['state'], Tone> = {
  running: 'waiting',
  done: 'good',
  failed: 'bad',
  halted: 'attention',
};

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  error: {
    marginTop: theme.spacing(0.5),
    overflowWrap: 'anywhere',
    maxWidth: 320,
  },
  next: { flex: 1 },
}));

function secondsOf({ startedAt, finishedAt }: Scan): string {
  if (!finishedAt) return '–';
  const { seconds } = DateTime.fromISO(finishedAt).diff(
    DateTime.fromISO(startedAt),
    'seconds',
  );
  return seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
}

function ScanRow(props: {
  item: ScanStatus['items'][number];
  mayAct: boolean;
  onRelease: (scan: Scan) => void;
}) {
  const { item, mayAct, onRelease } = props;
  const { last, lastDone, target } = item;
  const t = useT();
  const table = useDataTableStyles();
  const classes = useStyles();
  const changed =
    lastDone && lastDone.added + lastDone.changed + lastDone.removed > 0;
  return (
    <tr>
      <th scope="row">
        {target.accountAlias ?? target.title}
        <div className={table.quiet}>
          {[target.accountId, target.region].filter(Boolean).join(' · ')}
        </div>
      </th>
      <td>
        {last ? (
          <ToneChip
            tone={TONES[last.state]}
            label={t(`grants.scan.states.${last.state}`)}
          />
        ) : (
          t('grants.scan.never')
        )}
        {last?.error && <div className={classes.error}>{last.error}</div>}
        {last?.state === 'halted' && mayAct && (
          <Button size="small" onClick={() => onRelease(last)}>
            {t('grants.scan.release')}
          </Button>
        )}
      </td>
      <td className={table.line}>
        {lastDone?.finishedAt ? (
          <RelativeTime value={lastDone.finishedAt} />
        ) : (
          '–'
        )}
      </td>
      <td className={table.line}>
        {lastDone
          ? `${t('grants.scan.seconds', {
              seconds: secondsOf(lastDone),
            })} · ${t('grants.scan.calls', { count: lastDone.calls })}`
          : '–'}
      </td>
      <td>{t('grants.scan.grants', { count: item.grants })}</td>
      <td>
        {changed
          ? t('grants.scan.changesWords', {
              added: String(lastDone.added),
              changed: String(lastDone.changed),
              removed: String(lastDone.removed),
            })
          : t('grants.scan.unchanged')}
      </td>
    </tr>
  );
}

/** How the scans stand that the caller may not see each. */
function OtherScans(props: { others: NonNullable<ScanStatus['others']> }) {
  const { targets, state, doneAt } = props.others;
  const t = useT();
  return (
    <Typography variant="body2" color="textSecondary">
      {t('grants.scan.others', { count: targets })}
      {state && ` · ${t(`grants.scan.states.${state}`)}`}
      {doneAt && (
        <>
          {' · '}
          <RelativeTime value={doneAt} />
        </>
      )}
    </Typography>
  );
}

/** The scans of all targets; starts one, and accepts one that was halted. */
export function ScanDialog(props: {
  scans: Loaded<ScanStatus>;
  onClose: () => void;
}) {
  const { scans, onClose } = props;
  const t = useT();
  const momentOf = useMoment();
  const table = useDataTableStyles();
  const classes = useStyles();
  const allowed = scans.value?.maySteer ?? false;
  const [releasing, setReleasing] = useState<Scan>();
  const items = scans.value?.items ?? [];
  const others = scans.value?.others;

  if (releasing) {
    return (
      <ReleaseScanForm
        scan={releasing}
        onClose={() => setReleasing(undefined)}
        onDone={status => {
          scans.set(status);
          setReleasing(undefined);
        }}
      />
    );
  }
  return (
    <PlainDialog open titleId={TITLE_ID} maxWidth="md" onClose={onClose}>
      <DialogTitle id={TITLE_ID}>{t('grants.scan.title')}</DialogTitle>
      <DialogContent>
        {items.length === 0 && !others && (
          <EmptyState
            title={t('grants.empty.never')}
            description={t('grants.empty.neverWords')}
          />
        )}
        {items.length > 0 && (
          <div className={classes.scroll}>
            <table className={table.table} aria-label={t('grants.scan.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('grants.scan.target')}</th>
                  <th scope="col">{t('grants.scan.state')}</th>
                  <th scope="col">{t('grants.scan.last')}</th>
                  <th scope="col">{t('grants.scan.took')}</th>
                  <th scope="col">{t('grants.groups.grants')}</th>
                  <th scope="col">{t('grants.scan.changes')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(item => (
                  <ScanRow
                    key={item.target.id}
                    item={item}
                    mayAct={allowed}
                    onRelease={setReleasing}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {others && <OtherScans others={others} />}
      </DialogContent>
      <DialogActions>
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.next}
        >
          {scans.value?.nextAt &&
            t('grants.scan.next', {
              when: momentOf(scans.value.nextAt).toRelative() ?? '',
            })}
        </Typography>
        <Button onClick={onClose}>{t('grants.scan.close')}</Button>
        <ScanNow scans={scans} />
      </DialogActions>
    </PlainDialog>
  );
}
