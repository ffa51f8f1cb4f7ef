import { useDataMesh } from '../api';
import { ExportMenu } from '../components/ExportMenu';
import { useTableFormats } from '../components/useTableFormats';
import { grantQuery } from './explore/grantQuery';
import { GrantsUrl } from './grantsUrl';

/** Saves what the page lists: the grants that its filter finds, or all drift. */
export function GrantsExport(props: {
  url: GrantsUrl;
  onError: (error?: Error) => void;
}) {
  const { url, onError } = props;
  const api = useDataMesh();
  const formats = useTableFormats();
  const isDrift = url.tab === 'drift';
  return (
    <ExportMenu
      name={isDrift ? 'drift' : 'grants'}
      formats={formats}
      load={format =>
        isDrift
          ? api.exportDrift(format)
          : api.exportGrants(format, grantQuery(url))
      }
      onError={onError}
    />
  );
}
