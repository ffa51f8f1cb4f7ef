import { useState } from 'react';
import type {
  DataProductColumn,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import Popover from '@material-ui/core/Popover';
import TagIcon from '@material-ui/icons/LocalOfferOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../../components';
import { ClassificationChip } from '../../state/ClassificationChip';
import { TagChips } from '../../tag/TagChips';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  button: { width: 32, height: 32, padding: 6 },
  differs: { color: toneColors(theme, 'attention').color },
  words: {
    display: 'grid',
    gap: theme.spacing(1),
    justifyItems: 'start',
    padding: theme.spacing(1.5),
    maxWidth: 360,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What only this column has: tags, and a class that the row does not show. */
export function ColumnTags(props: {
  column: DataProductColumn;
  lfTags: readonly TagStanding[];
  classification?: string;
}) {
  const { column, lfTags, classification } = props;
  const t = useT();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<Element>();
  if (!column.tags?.length && !lfTags.length && !classification) return null;
  return (
    <>
      <IconButton
        className={`${classes.button} ${
          lfTags.some(({ state }) => state !== 'same') ? classes.differs : ''
        }`}
        aria-label={t('product.schema.tagsOf', { column: column.name })}
        aria-haspopup="dialog"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <TagIcon fontSize="small" />
      </IconButton>
      <Popover
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        PaperProps={{
          role: 'dialog',
          'aria-label': t('product.schema.tagsOf', { column: column.name }),
        }}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <div className={classes.words}>
          {classification && (
            <ClassificationChip classification={classification} />
          )}
          {column.tags && <div>{column.tags.join(', ')}</div>}
          {lfTags.length > 0 && <TagChips tags={[...lfTags]} />}
        </div>
      </Popover>
    </>
  );
}
