import { useState } from 'react';
import type {
  DriftAction,
  DriftItem,
  DriftPage,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { Loaded } from '../../api';
import { SelectionBar } from '../../components';
import { CountChips } from '../../components/list/CountChips';
import { useLocale } from '../../useMoment';
import { useT } from '../../useT';
import { DRIFT_KINDS, type GrantsUrl } from '../grantsUrl';
import type { ChangeGrantsUrl } from '../useGrantsUrl';
import { commonActions } from './commonActions';
import { driftCount } from './driftCount';
import { DriftList } from './DriftList';
import { DriftPane } from './DriftPane';
import { ReconcileDialog } from './ReconcileDialog';
import { ResolveDialog } from './ResolveDialog';
import { useDriftPage } from './useDriftPage';

const useStyles = makeStyles(theme => ({
  panes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(320px, 2fr) minmax(0, 3fr)',
    alignItems: 'stretch',
  },
  list: { minWidth: 0 },
  pane: {
    minWidth: 0,
    borderLeft: `1px solid ${theme.palette.divider}`,
  },
  // What is open stays in sight beside a long list.
  sticky: { position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto' },
}));

/** What AWS holds that nobody approved, and what was approved and is not held. */
export function DriftView(props: {
  url: GrantsUrl;
  change: ChangeGrantsUrl;
  scans: Loaded<ScanStatus>;
  counts: DriftPage | undefined;
  onChange: () => void;
}) {
  const { url, change, scans, counts } = props;
  const t = useT();
  const locale = useLocale();
  const classes = useStyles();
  const page = useDriftPage({ url, change, onChange: props.onChange });
  const [resolving, setResolving] = useState<{
    action: DriftAction;
    items: DriftItem[];
  }>();
  const [reconciling, setReconciling] = useState(false);
  const { open, narrow, ticked } = page;
  const actions = commonActions(ticked);
  const hasMissing = (page.groups.missing.pages.value?.items.length ?? 0) > 0;
  const found = DRIFT_KINDS.filter(
    kind => kind === url.kind || (counts?.counts[kind] ?? 0) > 0,
  );
  const pane = open && (
    <DriftPane
      key={open.id}
      item={open}
      onBack={narrow ? page.close : undefined}
      onDone={() => {
        page.done(open);
        page.reload();
      }}
    />
  );
  return (
    <>
      {counts && found.length > 1 && (
        <CountChips
          label={t('grants.drift.filter')}
          all={driftCount(counts, locale)}
          items={found.map(kind => ({
            id: kind,
            label: t(`grants.drift.chip.${kind}`),
            count: driftCount(counts, locale, [kind]),
          }))}
          chosen={url.kind}
          onChoose={kind => change({ kind, id: undefined })}
        />
      )}
      <Paper
        variant="outlined"
        className={narrow || !open ? undefined : classes.panes}
      >
        {narrow && open ? (
          pane
        ) : (
          <div className={classes.list}>
            {ticked.length > 0 && (
              <SelectionBar
                label={t('grants.drift.bulk')}
                words={
                  <>
                    {t('grants.drift.selected', { count: ticked.length })}
                    {actions.length === 0 &&
                      ` · ${t('grants.drift.nothingCommon')}`}
                  </>
                }
              >
                {actions.map(action => (
                  <Button
                    key={action}
                    size="small"
                    variant="outlined"
                    onClick={() => setResolving({ action, items: ticked })}
                  >
                    {t(`grants.drift.action.${action}`)}
                  </Button>
                ))}
              </SelectionBar>
            )}
            <DriftList group="excess" page={page} url={url} />
            <DriftList
              group="missing"
              page={page}
              url={url}
              action={
                hasMissing && (
                  <Button
                    size="small"
                    variant="outlined"
                    aria-haspopup="dialog"
                    onClick={() => setReconciling(true)}
                  >
                    {t('grants.reconcile.open')}
                  </Button>
                )
              }
            />
          </div>
        )}
        {!narrow && pane && (
          <div className={classes.pane}>
            <div className={classes.sticky}>{pane}</div>
          </div>
        )}
      </Paper>
      {reconciling && (
        <ReconcileDialog
          scans={scans}
          onClose={changed => {
            setReconciling(false);
            if (changed) page.reload();
          }}
        />
      )}
      {resolving && (
        <ResolveDialog
          {...resolving}
          onClose={changed => {
            setResolving(undefined);
            if (!changed) return;
            page.untick();
            page.reload();
          }}
        />
      )}
    </>
  );
}
