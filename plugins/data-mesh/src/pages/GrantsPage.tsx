import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../api';
import { ErrorState, PageFrame } from '../components';
import { AnswerView } from '../grant/answer/AnswerView';
import { QuestionBox } from '../grant/answer/QuestionBox';
import { DoctorView } from '../grant/doctor/DoctorView';
import { DriftView } from '../grant/drift/DriftView';
import { GrantsExplorer } from '../grant/explore/GrantsExplorer';
import { GrantsExport } from '../grant/GrantsExport';
import { GrantsTabs } from '../grant/GrantsTabs';
import { ScanChip } from '../grant/scan/ScanChip';
import { useGrantsUrl } from '../grant/useGrantsUrl';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  error: { marginBottom: theme.spacing(2) },
}));

/** What AWS holds, why, and what differs from what was decided. */
export function GrantsPage() {
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [url, change] = useGrantsUrl();
  const { tab, question, at } = url;
  const [exportError, setExportError] = useState<Error>();
  const scans = useLoad('scans', () => api.listScans(), {
    pollWhile: ({ items }) =>
      items.some(item => item.last?.state === 'running'),
  });
  const drift = useLoad('drift counts', () => api.listDrift({ limit: 1 }));
  const failed =
    tab === 'drift' ? 'grants.drift.exportFailed' : 'grants.export.failed';

  return (
    <PageFrame
      title={t('pages.grants')}
      subtitle={<ScanChip scans={scans} />}
      actions={
        tab !== 'doctor' &&
        !question && <GrantsExport url={url} onError={setExportError} />
      }
    >
      <GrantsTabs tab={tab} drift={drift.value} change={change} />
      {exportError && (
        <div className={classes.error}>
          <ErrorState
            error={exportError}
            what={t('grants.what')}
            title={t(failed)}
            permission="data-mesh.grants.read"
          />
        </div>
      )}
      {tab === 'doctor' && <DoctorView />}
      {tab === 'drift' && (
        <DriftView
          url={url}
          change={change}
          scans={scans}
          counts={drift.value}
          onChange={() => {
            void drift.reload();
            void scans.reload();
          }}
        />
      )}
      {tab !== 'doctor' && tab !== 'drift' && (
        <>
          <QuestionBox question={question} at={at} onAsk={change} />
          {question ? (
            <AnswerView question={question} at={at} onAsk={change} />
          ) : (
            <GrantsExplorer by={tab} url={url} change={change} scans={scans} />
          )}
        </>
      )}
    </PageFrame>
  );
}
