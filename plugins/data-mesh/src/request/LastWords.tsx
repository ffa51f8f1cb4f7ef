import { parseEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  Purpose,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMe } from '../api';
import { requestFormRouteRef } from '../routes';
import { useT } from '../useT';
import { TimelineList } from './RequestTimeline';
import { lastWordsOf } from './timeline';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(1.5, 0) },
  again: { textTransform: 'none' },
}));

/**
 * What was said last about a request, right below its state: who rejected or
 * withdrew it and why, what is asked for, what earlier stages said. Whoever
 * asked for what came to nothing can ask again.
 */
export function LastWords(props: {
  request: RequestDetail;
  purposes?: readonly Purpose[];
}) {
  const { request, purposes } = props;
  const t = useT();
  const classes = useStyles();
  const me = useMe().value;
  const formLink = useRouteRef(requestFormRouteRef);
  const entries = lastWordsOf(request);
  const { kind, state, amendsEntitlementId: heldId, successor } = request;
  const canAskAgain =
    ['rejected', 'withdrawn', 'lapsed'].includes(state) &&
    request.requesterRef === me?.userRef &&
    !successor &&
    kind !== 'resume';
  if (entries.length === 0 && !canAskAgain) return null;
  const query = new URLSearchParams(
    (kind === 'renew' || kind === 'amend') && heldId
      ? { [kind]: heldId }
      : { again: request.id },
  );
  return (
    <div className={classes.root}>
      <TimelineList entries={entries} purposes={purposes} />
      {canAskAgain && (
        <LinkButton
          variant="outlined"
          size="small"
          className={classes.again}
          to={`${formLink(parseEntityRef(request.productRef))}?${query}`}
        >
          {t('product.ports.askAgain')}
        </LinkButton>
      )}
    </div>
  );
}
