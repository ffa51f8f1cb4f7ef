import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { People } from '../people';

/** Whom something concerns. */
export interface PeopleNotice {
  /** Users and groups that want to know. */
  to?: readonly string[];
  /**
   * Users and groups that decide about it or answer for it. Where nobody of
   * them can be told, those who stand in for them are.
   */
  inCharge?: readonly string[];
  /** Who decides where nobody of governance is left either. */
  fallbackApprovers?: readonly string[];
  /** Users and groups that may not decide, and so are not asked to. */
  mayNotDecide?: readonly string[];
  /** Who did it, and knows. */
  actorRef?: string;
}

type Payload = NotificationSendOptions['payload'];

/** Finds who is told, and tells them. */
export interface Recipients {
  find(notice: PeopleNotice & { payload: Payload }): Promise<string[]>;
  send(users: readonly string[], payload: Payload): Promise<void>;
}

type Sent = Parameters<Recipients['find']>[0];

/** As many as fit into a request that the notification backend takes. */
const AT_ONCE = 500;

const isUser = (ref: string) => ref.startsWith('user:');

/**
 * Groups are resolved to users here, by the answer that stages and permissions
 * go by: the notification backend has a rule of its own for who belongs to a
 * group.
 */
export function createRecipients(deps: {
  notifications: NotificationService;
  people: Pick<People, 'membersOf'>;
  /** References of `dataMesh.governance`. */
  governance: readonly string[];
  logger: LoggerService;
}): Recipients {
  const { notifications, people, governance, logger } = deps;

  /** Users who can be asked, of the first references that anybody is left of. */
  async function findInCharge(notice: Sent): Promise<string[]> {
    const { inCharge, fallbackApprovers = [], mayNotDecide = [] } = notice;
    if (!inCharge) return [];
    const barred = await usersBehind(mayNotDecide);
    for (const refs of [inCharge, governance, fallbackApprovers]) {
      const members = await people.membersOf(refs);
      const users = [...members.values()]
        .flat()
        .filter(user => !barred.has(user));
      if (users.length === 0) continue;
      if (refs !== inCharge) warn(notice, `${refs.join(', ')} was told`);
      return users;
    }
    warn(notice, 'nobody was told');
    return [];
  }

  /** A user who is not in the catalog stands for itself. */
  async function usersBehind(refs: readonly string[]): Promise<Set<string>> {
    if (refs.length === 0) return new Set();
    const members = await people.membersOf(refs);
    return new Set(
      refs.flatMap(ref => members.get(ref) ?? (isUser(ref) ? [ref] : [])),
    );
  }

  function warn({ inCharge = [], payload }: Sent, instead: string) {
    logger.warn(
      `Nobody in ${inCharge.join(', ') || 'the mesh'} can be told of ${
        payload.scope ?? payload.topic
      }; ${instead}`,
    );
  }

  return {
    async find(notice) {
      const { to = [], actorRef } = notice;
      const users = new Set([
        ...(await usersBehind(to)),
        ...(await findInCharge(notice)),
      ]);
      if (actorRef !== undefined) users.delete(actorRef);
      return [...users].sort();
    },

    async send(users, payload) {
      for (let start = 0; start < users.length; start += AT_ONCE) {
        await notifications.send({
          recipients: {
            type: 'entity',
            entityRef: users.slice(start, start + AT_ONCE),
          },
          payload,
        });
      }
    },
  };
}
