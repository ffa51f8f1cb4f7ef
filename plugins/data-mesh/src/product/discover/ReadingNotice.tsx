import type { WordReading } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { FreeText } from '../../components';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 0.75),
    marginTop: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
    '& strong': { color: theme.palette.text.primary },
  },
}));

/** Says what a search was read as, with the way back to what was typed. */
export function ReadingNotice(props: {
  text: string;
  readAs: string;
  readings: readonly WordReading[];
  onExact: () => void;
}) {
  const { text, readAs, readings, onExact } = props;
  const t = useT();
  const classes = useStyles();
  if (!readings.length) return null;
  return (
    <div className={classes.root} role="status">
      <span>
        {t('discover.reading.showing')}{' '}
        <strong>
          <FreeText>{readAs}</FreeText>
        </strong>
        .
      </span>
      {readings
        .filter(({ why }) => why === 'synonym')
        .map(({ from, to }) => (
          <span key={from}>{t('discover.reading.synonym', { from, to })}</span>
        ))}
      <Button size="small" color="primary" onClick={onExact}>
        {t('discover.reading.exact', { text })}
      </Button>
    </div>
  );
}
