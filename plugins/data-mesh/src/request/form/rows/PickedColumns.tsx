import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { Code, toneColors } from '../../../components';
import { isPicked, PortPicks } from '../../../scope/picks';
import { useT } from '../../../useT';

/** Names in sight; a form is no place to read hundreds. */
const AT_MOST = 12;

const useStyles = makeStyles(theme => ({
  line: { marginTop: theme.spacing(0.5), lineHeight: '24px' },
  quiet: { color: theme.palette.text.secondary },
  names: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  personal: {
    '& code': toneColors(theme, 'attention'),
  },
}));

/** What is picked, table by table. */
export function PickedColumns(props: { port: OutputPort; picks: PortPicks }) {
  const { port, picks } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <>
      {port.tables.map(({ name, columns }) => {
        const pick = picks[name];
        if (!pick || !isPicked(pick)) {
          return (
            <div key={name} className={`${classes.line} ${classes.quiet}`}>
              <Code>{name}</Code> {t('requestForm.what.notAskedFor')}
            </div>
          );
        }
        const personal = new Set(
          columns.filter(({ pii }) => pii).map(column => column.name),
        );
        const shown = pick.columns.slice(0, AT_MOST);
        return (
          <div key={name} className={classes.line}>
            <Code>{name}</Code>{' '}
            <span className={classes.quiet}>
              {pick.mode === 'whole'
                ? t('requestForm.what.tableWhole')
                : t('requestForm.what.countOf', {
                    picked: String(pick.columns.length),
                    count: columns.length,
                  })}
            </span>
            {pick.mode === 'columns' && (
              <div className={classes.names}>
                {shown.map(column => (
                  <span
                    key={column}
                    className={
                      personal.has(column) ? classes.personal : undefined
                    }
                    title={
                      personal.has(column) ? t('scope.piiHint') : undefined
                    }
                  >
                    <Code>{column}</Code>
                  </span>
                ))}
                {pick.columns.length > AT_MOST && (
                  <span className={classes.quiet}>
                    {t('scope.more', { count: pick.columns.length - AT_MOST })}
                  </span>
                )}
              </div>
            )}
          </div>
        );
      })}
    </>
  );
}
