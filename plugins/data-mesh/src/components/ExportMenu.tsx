import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ArrowIcon from '@material-ui/icons/ArrowDropDown';
import { useT } from '../useT';
import { saveFile } from './saveFile';

/** Saves all that is found, not a page of it, as a file of a chosen form. */
export function ExportMenu<Format extends string>(props: {
  label?: string;
  /** Of the file, without its ending. */
  name: string;
  formats: ReadonlyArray<{ format: Format; label: string }>;
  load: (format: Format) => Promise<Blob>;
  onError: (error?: Error) => void;
  /** Whether it is the one filled button of the page. */
  primary?: boolean;
}) {
  const { label, name, formats, load, onError, primary = false } = props;
  const t = useT();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [busy, setBusy] = useState(false);

  const download = async (format: Format) => {
    setAnchor(undefined);
    setBusy(true);
    onError(undefined);
    try {
      saveFile(await load(format), `${name}.${format}`);
    } catch (cause) {
      onError(cause as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button
        variant={primary ? 'contained' : 'outlined'}
        color={primary ? 'primary' : undefined}
        endIcon={<ArrowIcon />}
        aria-haspopup="menu"
        disabled={busy}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {label ?? t('common.export')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== undefined}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={() => setAnchor(undefined)}
      >
        {formats.map(one => (
          <MenuItem key={one.format} onClick={() => void download(one.format)}>
            {one.label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
