import { useState } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import CheckIcon from '@material-ui/icons/Check';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import ScheduleIcon from '@material-ui/icons/Schedule';
import SyncIcon from '@material-ui/icons/Sync';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import type { ScanStatus } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded } from '../../api';
import { ToneChip } from '../../components';
import { useMoment } from '../../useMoment';
import { useT } from '../../useT';
import { ScanDialog } from './ScanDialog';
import { ScanSummary, summarizeScans } from './scanSummary';

const useStyles = makeStyles(theme => ({
  button: {
    minHeight: 32,
    borderRadius: 12,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
}));

const ICONS = {
  never: ScheduleIcon,
  running: SyncIcon,
  done: CheckIcon,
  halted: WarningIcon,
  failed: ErrorIcon,
} as const;

function useWords() {
  const t = useT();
  const momentOf = useMoment();
  return ({ state, oldest, calls, grants, counted }: ScanSummary): string => {
    const head =
      state === 'done'
        ? t('grants.scan.done', {
            when: (oldest && momentOf(oldest).toRelative()) ?? '',
          })
        : t(`grants.scan.${state}`);
    // Where only others may see them, there is nothing to count.
    if (state === 'never' || counted === 0) return head;
    return [
      head,
      t('grants.scan.calls', { count: calls }),
      t('grants.scan.grants', { count: grants }),
    ].join(' · ');
  };
}

/** How fresh the picture is; opens what stands behind it. */
export function ScanChip(props: { scans: Loaded<ScanStatus> }) {
  const { scans } = props;
  const t = useT();
  const classes = useStyles();
  const words = useWords();
  const [open, setOpen] = useState(false);
  if (!scans.value) return null;
  const summary = summarizeScans(scans.value);
  const Icon = ICONS[summary.state];
  return (
    <>
      <ButtonBase
        className={classes.button}
        title={t('grants.scan.details')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <ToneChip
          tone={summary.tone}
          icon={<Icon aria-hidden />}
          label={words(summary)}
        />
      </ButtonBase>
      {open && <ScanDialog scans={scans} onClose={() => setOpen(false)} />}
    </>
  );
}
