import { useMemo, useState } from 'react';
import { doctorReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import { usePermission } from '@backstage/plugin-permission-react';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { ErrorState, PageFrame } from '../components';
import { useLocale } from '../useMoment';
import { useT } from '../useT';
import { AnswerTable } from '../grant/answer/AnswerTable';
import { DoctorView } from '../grant/doctor/DoctorView';
import { driftCount } from '../grant/drift/driftCount';
import { DriftView } from '../grant/drift/DriftView';
import { ExportMenu } from '../grant/ExportMenu';
import { grantQuery } from '../grant/explore/grantQuery';
import { GrantsExplorer } from '../grant/explore/GrantsExplorer';
import { GRANTS_TABS, GrantsTab } from '../grant/grantsUrl';
import { QuestionBox } from '../grant/answer/QuestionBox';
import { ScanChip } from '../grant/scan/ScanChip';
import { useGrantsUrl } from '../grant/useGrantsUrl';

const useStyles = makeStyles(theme => ({
  tabs: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  // All of them fit at 768 px, also with much drift.
  tab: {
    minWidth: 0,
    padding: theme.spacing(0.75, 1.25),
    letterSpacing: 'normal',
    textTransform: 'none',
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(0.75, 1) },
  },
  error: { marginBottom: theme.spacing(2) },
}));

/** What AWS holds, why, and what differs from what was decided. */
export function GrantsPage() {
  const t = useT();
  const locale = useLocale();
  const classes = useStyles();
  const api = useDataMesh();
  const [url, change] = useGrantsUrl();
  const { tab, question, at } = url;
  const query = useMemo(() => grantQuery(url), [url]);
  const doctor = usePermission({ permission: doctorReadPermission });
  const tabs = GRANTS_TABS.filter(
    one => one !== 'doctor' || doctor.allowed || tab === 'doctor',
  );
  const listsGrants = tab !== 'drift' && tab !== 'doctor';
  const [exportError, setExportError] = useState<Error>();
  const scans = useLoad('scans', () => api.listScans(), {
    pollWhile: ({ items }) =>
      items.some(item => item.last?.state === 'running'),
  });
  const drift = useLoad('drift counts', () => api.listDrift({ limit: 1 }));

  return (
    <PageFrame
      title={t('pages.grants')}
      subtitle={<ScanChip scans={scans} />}
      actions={
        listsGrants &&
        !question && <ExportMenu query={query} onError={setExportError} />
      }
    >
      <Tabs
        className={classes.tabs}
        value={tab}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('grants.tabs.label')}
        onChange={(_, next: GrantsTab) =>
          change({
            tab: next,
            key: undefined,
            id: undefined,
            text: '',
            because: undefined,
            question: undefined,
            at: undefined,
          })
        }
      >
        {tabs.map(one => (
          <Tab
            key={one}
            className={classes.tab}
            value={one}
            label={
              one === 'drift' && drift.value
                ? `${t('grants.tabs.drift')} · ${driftCount(
                    drift.value,
                    locale,
                  )}`
                : t(`grants.tabs.${one}`)
            }
          />
        ))}
      </Tabs>
      {exportError && (
        <div className={classes.error}>
          <ErrorState
            error={exportError}
            what={t('grants.what')}
            title={t('grants.export.failed')}
            permission="data-mesh.grants.read"
          />
        </div>
      )}
      {tab === 'doctor' && <DoctorView />}
      {tab === 'drift' && (
        <DriftView
          scans={scans}
          onChange={() => {
            void drift.reload();
            void scans.reload();
          }}
        />
      )}
      {listsGrants && (
        <>
          <QuestionBox question={question} at={at} onAsk={change} />
          {question ? (
            <AnswerTable question={question} at={at} />
          ) : (
            <GrantsExplorer by={tab} url={url} change={change} scans={scans} />
          )}
        </>
      )}
    </PageFrame>
  );
}
