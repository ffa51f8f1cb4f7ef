import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ArrowIcon from '@material-ui/icons/ArrowDropDown';
import type { GrantQuery } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../api';
import { useT } from '../useT';

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Saves all grants that the page's filter finds as a file. */
export function ExportMenu(props: {
  query: GrantQuery;
  onError: (error?: Error) => void;
}) {
  const { query, onError } = props;
  const t = useT();
  const api = useDataMesh();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [busy, setBusy] = useState(false);

  const download = async (format: 'csv' | 'json') => {
    setAnchor(undefined);
    setBusy(true);
    onError(undefined);
    try {
      // All that is found, not a page of it.
      const { cursor: _, limit: __, ...filter } = query;
      save(await api.exportGrants(format, filter), `grants.${format}`);
    } catch (cause) {
      onError(cause as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button
        variant="outlined"
        endIcon={<ArrowIcon />}
        aria-haspopup="menu"
        disabled={busy}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('grants.export.button')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={() => setAnchor(undefined)}
      >
        <MenuItem onClick={() => void download('csv')}>
          {t('grants.export.csv')}
        </MenuItem>
        <MenuItem onClick={() => void download('json')}>
          {t('grants.export.json')}
        </MenuItem>
      </Menu>
    </>
  );
}
