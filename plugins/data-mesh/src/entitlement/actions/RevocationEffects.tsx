import type { RevocationEffect } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { CodeWords } from '../../components/text/CodeWords';
import { useT } from '../../useT';
import { SubTitle } from '../../components';

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0, 2), paddingLeft: theme.spacing(2.5) },
  item: { marginBottom: theme.spacing(0.75) },
  because: { color: theme.palette.text.secondary },
  summary: {
    cursor: 'pointer',
    color: theme.palette.text.secondary,
    fontSize: theme.typography.caption.fontSize,
  },
  call: {
    margin: theme.spacing(0.5, 0),
    padding: theme.spacing(1),
    overflow: 'auto',
    maxHeight: 240,
    fontSize: theme.typography.caption.fontSize,
    borderRadius: theme.shape.borderRadius,
    background: alpha(theme.palette.text.primary, 0.06),
  },
}));

/** One list of what revoking takes away, or of what it leaves. */
export function RevocationEffects(props: {
  title: string;
  effects: RevocationEffect[];
}) {
  const { title, effects } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <section>
      <SubTitle component="h3">{title}</SubTitle>
      <ul className={classes.list}>
        {effects.map(({ words, because, call }, index) => (
          <li key={`${index} ${words.text}`} className={classes.item}>
            <Typography variant="body2" component="div">
              <CodeWords text={words} />
              {because && (
                <div className={classes.because}>
                  <CodeWords text={because} />
                </div>
              )}
            </Typography>
            {call && (
              <details>
                <summary className={classes.summary}>
                  {t('access.end.call')}: {call.service} {call.operation}
                </summary>
                <pre className={classes.call}>
                  {JSON.stringify(call.input, undefined, 2)}
                </pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
