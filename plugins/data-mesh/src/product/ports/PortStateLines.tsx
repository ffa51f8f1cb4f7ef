import type {
  AccessScope,
  DataProductEntity,
  OutputPort,
  PortOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn, RefWords, RelativeTime } from '../../components';
import { StateChip } from '../../state/StateChip';
import { PublicationChip } from '../../publication/PublicationChip';
import { accessRouteRef, publicationRouteRef } from '../../routes';
import { columnsRead } from '../../entitlement/columnsRead';
import { useT } from '../../useT';
import { canBeAskedFor, portStatesOf, type PortState } from './portStates';

/** Lines of a port; what is beyond is counted. */
const AT_MOST = 2;

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    fontSize: theme.typography.body2.fontSize,
    '& > li + li': { marginTop: theme.spacing(0.75) },
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25, 1),
  },
  quiet: {
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

function useReads(): (scope: AccessScope, port: OutputPort) => string {
  const t = useT();
  return (scope, port) => {
    const columns = columnsRead(scope, port);
    if (scope.allTables) return t('product.ports.readsAll');
    if (!columns) return t('product.ports.readsTagged');
    return columns.read >= columns.total
      ? t('product.ports.readsWhole')
      : t('product.ports.reads', {
          read: String(columns.read),
          count: columns.total,
        });
  };
}

function StateLine(props: { state: PortState; port: OutputPort }) {
  const { state, port } = props;
  const t = useT();
  const classes = useStyles();
  const readsOf = useReads();
  if (state.kind === 'request') {
    const { request } = state;
    return (
      <li>
        <div className={classes.line}>
          <StateChip state={request.state} />
          <RelativeTime
            value={request.createdAt}
            prefix={t('product.access.asked')}
          />
        </div>
        <div className={classes.quiet}>
          {t('product.ports.as', { principal: request.principal.name })}
        </div>
      </li>
    );
  }
  const { access } = state;
  const filtered = access.scope.tables.some(table => table.rowFilter);
  return (
    <li>
      <div className={classes.line}>
        <StateChip
          state={access.state}
          label={
            access.state === 'active' ? readsOf(access.scope, port) : undefined
          }
        />
        {access.state === 'active' && <EndsIn value={access.expiresAt} />}
      </div>
      <div className={classes.quiet}>
        {[
          t('product.ports.as', { principal: access.principal.name }),
          ...(filtered ? [t('product.ports.someRows')] : []),
          ...(access.health === 'degraded' ? [t('product.ports.missing')] : []),
        ].join(' · ')}
      </div>
    </li>
  );
}

/** What the caller has of a port, or asked for; else what asking takes. */
export function PortStateLines(props: {
  product: DataProductEntity;
  port: OutputPort;
  overview?: PortOverview;
  /** How long decisions usually take, in words. */
  usually?: string;
}) {
  const { product, port, overview, usually } = props;
  const t = useT();
  const classes = useStyles();
  const accessLink = useRouteRef(accessRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const states = portStatesOf(overview);
  const publication = overview?.publication;
  const { lifecycle } = product.spec;
  const more = states.length - AT_MOST;
  return (
    <ul className={classes.root}>
      {states.slice(0, AT_MOST).map(state => (
        <StateLine
          key={state.kind === 'access' ? state.access.id : state.request.id}
          state={state}
          port={port}
        />
      ))}
      {more > 0 && (
        <li>
          <Link to={accessLink()}>
            {t('product.ports.moreStates', { count: more })}
          </Link>
        </li>
      )}
      {publication && (
        <li>
          <div className={classes.line}>
            <PublicationChip state={publication.state} />
            {publication.id && (
              <Link to={publicationLink({ id: publication.id })}>
                {t('publications.notice.see')}
              </Link>
            )}
          </div>
          <div className={classes.quiet}>
            <RefWords text={publication.why} />
          </div>
        </li>
      )}
      {states.length === 0 && !(publication && !publication.requestable) && (
        <li className={classes.line}>
          <StateChip state="none" />
          <span className={classes.quiet}>
            {canBeAskedFor(product, overview)
              ? usually
              : t(
                  lifecycle === 'retired'
                    ? 'discover.retired'
                    : 'discover.notRequestable',
                )}
          </span>
        </li>
      )}
    </ul>
  );
}
