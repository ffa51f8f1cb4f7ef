import { useState } from 'react';
import { DateTime } from 'luxon';
import Typography from '@material-ui/core/Typography';
import { AuditExport } from '../audit/AuditExport';
import { AuditFilters } from '../audit/AuditFilters';
import { AuditList } from '../audit/AuditList';
import { isFiltered } from '../audit/auditUrl';
import { ChainCard } from '../audit/ChainCard';
import {
  useAuditCounts,
  useAuditEntries,
  useAuditState,
} from '../audit/useAuditTrail';
import { useAuditUrl } from '../audit/useAuditUrl';
import { ErrorState, PageFrame, statusOf } from '../components';
import { useMoment } from '../useMoment';
import { useT } from '../useT';

/** Who did what, and whether the trail is the one that was written. */
export function AuditPage() {
  const t = useT();
  const momentOf = useMoment();
  const [url, change] = useAuditUrl();
  const [exportError, setExportError] = useState<Error>();
  const state = useAuditState();
  const entries = useAuditEntries(url);
  const counts = useAuditCounts(url);
  const { error } = state;
  if (error && statusOf(error) === 403) {
    return (
      <PageFrame title={t('pages.audit')}>
        <ErrorState
          error={error}
          what={t('audit.what')}
          title={t('audit.denied.title')}
          permission="data-mesh.audit.read"
        />
      </PageFrame>
    );
  }
  const { value } = state;
  return (
    <PageFrame
      title={t('pages.audit')}
      subtitle={
        value?.since &&
        t('audit.entries', {
          count: value.events,
          since: momentOf(value.since).toLocaleString(DateTime.DATE_MED),
        })
      }
      actions={<AuditExport url={url} onError={setExportError} />}
    >
      {exportError && (
        <ErrorState
          error={exportError}
          what={t('audit.what')}
          title={t('audit.export.failed')}
          permission="data-mesh.audit.read"
        />
      )}
      {error && !value ? (
        <ErrorState
          error={error}
          what={t('audit.what')}
          onRetry={() => void state.reload()}
        />
      ) : (
        <ChainCard state={state} />
      )}
      <AuditFilters url={url} change={change} counts={counts.value} />
      {isFiltered(url) && counts.value && (
        <Typography variant="body2" color="textSecondary" gutterBottom>
          {counts.value.isAtLeast
            ? t('audit.foundAtLeast', { number: String(counts.value.count) })
            : t('audit.found', { count: counts.value.count })}
        </Typography>
      )}
      <AuditList
        entries={entries}
        url={url}
        change={change}
        events={value?.events}
      />
    </PageFrame>
  );
}
