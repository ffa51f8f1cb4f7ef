import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { Code, CodeWords } from '../text/CodeWords';
import { RefWords } from '../text/RefWords';
import {
  messageOf,
  permissionNamedIn,
  pluginOf,
  problemsOf,
  statusOf,
} from './problemsOf';
import { toneColors } from '../state/tones';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
  },
  icon: { color: toneColors(theme, 'bad').color, flexShrink: 0 },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  problems: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(2.5) },
  action: { marginTop: theme.spacing(1.5) },
}));

/**
 * Says what failed and in whose system, and offers to try again. A refusal
 * (403) says instead which permission is lacking and who can give it.
 */
export function ErrorState(props: {
  error: Error;
  /** What was being loaded or done, like `the requests`. */
  what: string;
  onRetry?: () => void;
  /** The permission that this needs, where the backend does not name it. */
  permission?: string;
  /** Replaces `Could not load …`, for failed writes. */
  title?: string;
}) {
  const { error, what, onRetry, title } = props;
  const t = useT();
  const classes = useStyles();
  const status = statusOf(error);
  const message = messageOf(error);

  if (status === 403) {
    const permission = permissionNamedIn(message) ?? props.permission;
    return (
      <div className={classes.root} role="alert">
        <BlockIcon aria-hidden className={classes.icon} />
        <div className={classes.words}>
          <Typography variant="subtitle1" component="p">
            {title ?? t('error.forbiddenTitle', { what })}
          </Typography>
          <Typography variant="body2" component="p">
            {permission ? (
              <CodeWords
                text={t('error.forbiddenNamed', {
                  permission: `\`${permission}\``,
                })}
              />
            ) : (
              t('error.forbidden')
            )}
          </Typography>
          {message && !permissionNamedIn(message) && (
            <Typography variant="body2" color="textSecondary" component="p">
              <RefWords text={message} />
            </Typography>
          )}
        </div>
      </div>
    );
  }

  const unreachable = error.name === 'TypeError';
  let explanation: string = t('error.unexpected', { message });
  if (status !== undefined) {
    const plugin = pluginOf(error) ?? 'data-mesh';
    const answer = { status: String(status), message };
    if (plugin === 'data-mesh') {
      explanation = t('error.backendAnswered', answer);
    } else if (plugin === 'catalog') {
      explanation = t('error.catalogAnswered', answer);
    } else {
      explanation = t('error.pluginAnswered', { plugin, ...answer });
    }
  } else if (unreachable) {
    explanation = t('error.unreachable', { message });
  }
  const problems = problemsOf(error);
  return (
    <div className={classes.root} role="alert">
      <ErrorIcon aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Typography variant="subtitle1" component="p">
          {title ?? t('error.couldNot', { what })}
        </Typography>
        <Typography variant="body2" component="p">
          <RefWords text={explanation} />
        </Typography>
        {problems.length > 0 && (
          <ul className={classes.problems}>
            {problems.map(({ field, reason }) => (
              <li key={`${field} ${reason}`}>
                <Code>{field}</Code> {reason}
              </li>
            ))}
          </ul>
        )}
        {onRetry && (
          <Button
            className={classes.action}
            size="small"
            variant="outlined"
            onClick={onRetry}
          >
            {t('common.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
