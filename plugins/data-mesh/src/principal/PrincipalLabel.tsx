import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { CopyButton } from '../components/text/CopyButton';
import { accountName, usePrincipalKind } from './usePrincipalKind';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(0.75),
    maxWidth: '100%',
    minWidth: 0,
    verticalAlign: 'bottom',
  },
  // The button stays with the last word, on whichever line that is.
  tail: { display: 'inline-flex', alignItems: 'center' },
  name: { overflowWrap: 'anywhere', fontWeight: 500 },
  account: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
  kind: { color: theme.palette.text.secondary },
}));

/**
 * A principal as people read it: its name, and the account's alias with its
 * last four digits. The ARN is in the tooltip and behind the copy button. What
 * is no role says what it is: most are roles.
 */
export function PrincipalLabel(props: { principal: Principal }) {
  const { principal } = props;
  const t = useT();
  const classes = useStyles();
  const kindOf = usePrincipalKind();
  const isAccount = principal.kind === 'account';
  const name = isAccount ? accountName(principal) : principal.name;
  // An account is not said twice.
  const account = isAccount ? '' : accountInWords(principal);
  const kind = kindOf(principal);
  return (
    <span className={classes.root}>
      <Tooltip title={principal.id}>
        <span className={classes.name}>{name}</span>
      </Tooltip>
      {kind && <span className={classes.kind}>{kind}</span>}
      <span className={classes.tail}>
        {account && <span className={classes.account}>{account}</span>}
        <CopyButton
          text={principal.id}
          label={t('common.copyIdOf', { name: principal.name })}
        />
      </span>
    </span>
  );
}
