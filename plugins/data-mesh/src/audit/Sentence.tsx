import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import SettingsIcon from '@material-ui/icons/Settings';
import { makeStyles } from '@material-ui/core/styles';
import { requestRouteRef } from '../routes';
import { useT } from '../useT';
import { auditMessages } from './messages';
import { AuditEntry } from './useAuditTrail';

type Did = keyof typeof auditMessages.did;

const isDid = (name: string): name is Did => name in auditMessages.did;

/** Whether the portal itself did it: the worker, a scan, a schedule. */
export const isMachine = (actorRef: string): boolean =>
  !actorRef.startsWith('user:');

const useStyles = makeStyles(theme => ({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: 22,
    height: 22,
    borderRadius: '50%',
    flexShrink: 0,
    fontSize: theme.typography.pxToRem(10),
    fontWeight: 700,
    color: theme.palette.background.paper,
    background: theme.palette.text.secondary,
    '& svg': { fontSize: 14 },
  },
}));

const initialsOf = (ref: string) =>
  ref
    .slice(ref.indexOf('/') + 1)
    .split(/[.\-_]/)
    .map(part => part[0] ?? '')
    .join('')
    .slice(0, 2)
    .toLocaleUpperCase('en-US');

/** Initials of who did it, or a cog. */
export function ActorMark(props: { actorRef: string }) {
  const classes = useStyles();
  return (
    <span className={classes.mark} aria-hidden>
      {isMachine(props.actorRef) ? (
        <SettingsIcon />
      ) : (
        initialsOf(props.actorRef)
      )}
    </span>
  );
}

/** The id of the request that an entry belongs to. */
export function requestOf({ event }: AuditEntry): string | undefined {
  const { subject, correlationId } = event;
  if (subject.startsWith('request:')) return subject.slice('request:'.length);
  return subject.startsWith('entitlement:') ? correlationId : undefined;
}

/** An entry as people say it: who did what, to what, for whom. */
export function Sentence(props: { entry: AuditEntry }) {
  const { event, about } = props.entry;
  const { actorRef, action, subject } = event;
  const t = useT();
  const requestLink = useRouteRef(requestRouteRef);
  const name = action.replace('.', '-');
  const requestId = requestOf(props.entry);
  const did = isDid(name)
    ? t(`audit.did.${name}`)
    : t('audit.didOther', { action });
  // Other entries are about what their words name.
  const isAboutProduct = about?.productRef !== undefined;
  return (
    <>
      <b>
        {isMachine(actorRef) ? (
          t('audit.portal')
        ) : (
          <EntityDisplayName entityRef={actorRef} hideIcon disableTooltip />
        )}
      </b>{' '}
      {requestId ? <Link to={requestLink({ id: requestId })}>{did}</Link> : did}
      {about?.productRef && (
        <>
          {' '}
          <EntityRefLink entityRef={about.productRef} hideIcon />
        </>
      )}
      {!isAboutProduct && !isDid(name) && ` ${subject}`}
      {about?.principal && (
        <>
          {' '}
          {t('audit.for')}{' '}
          <b title={about.principal.id}>{about.principal.name}</b>
        </>
      )}
    </>
  );
}
