import { useDataMesh } from '../api';
import { ExportMenu } from '../components/ExportMenu';
import { useT } from '../useT';
import { auditQuery, AuditUrl } from './auditUrl';

/** Saves all entries that the filters find, with their hashes. */
export function AuditExport(props: {
  url: AuditUrl;
  onError: (error?: Error) => void;
}) {
  const { url, onError } = props;
  const t = useT();
  const api = useDataMesh();
  return (
    <ExportMenu
      primary
      name="audit"
      formats={[
        { format: 'csv' as const, label: t('audit.export.csv') },
        { format: 'ndjson' as const, label: t('audit.export.ndjson') },
      ]}
      load={async format =>
        new Response(
          await api.exportAuditEvents(format, auditQuery(url)),
        ).blob()
      }
      onError={onError}
    />
  );
}
