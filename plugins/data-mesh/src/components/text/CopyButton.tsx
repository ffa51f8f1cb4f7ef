import { useEffect, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { makeStyles } from '@material-ui/core/styles';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { useT } from '../../useT';

const useStyles = makeStyles({
  // 32 px is the smallest target; the negative margin keeps lines of text tight.
  root: { width: 32, height: 32, padding: 8, margin: '-6px 0' },
  icon: { fontSize: 14 },
});

/** Copies a text, and says so. */
export function CopyButton(props: { text: string; label: string }) {
  const { text, label } = props;
  const t = useT();
  const classes = useStyles();
  const [, copy] = useCopyToClipboard();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? CheckIcon : CopyIcon;
  return (
    <Tooltip title={copied ? t('common.copied') : label}>
      <IconButton
        className={classes.root}
        aria-label={label}
        onClick={event => {
          event.stopPropagation();
          event.preventDefault();
          copy(text);
          setCopied(true);
        }}
      >
        <Icon className={classes.icon} />
      </IconButton>
    </Tooltip>
  );
}
