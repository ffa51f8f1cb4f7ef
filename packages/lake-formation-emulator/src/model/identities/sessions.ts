import { randomBytes } from 'node:crypto';
import { EmulatorState, Session } from '../state/EmulatorState';

/** Keys as they are given out: the secret is nowhere kept. */
export interface SessionKeys {
  AccessKeyId: string;
  SecretAccessKey: string;
  SessionToken: string;
  Expiration: Date;
}

/** Upper-case letters and digits, as access key ids have them. */
const newAccessKeyId = () =>
  `ASIA${randomBytes(16)
    .toString('hex')
    .toLocaleUpperCase('en-US')
    .slice(0, 16)}`;

/** Gives out keys that act as a role until they expire. */
export function openSession(
  state: EmulatorState,
  session: Omit<Session, 'accessKeyId' | 'sessionToken'>,
): SessionKeys {
  const AccessKeyId = newAccessKeyId();
  const SessionToken = randomBytes(96).toString('base64');
  state.sessions.set(AccessKeyId, {
    ...session,
    accessKeyId: AccessKeyId,
    sessionToken: SessionToken,
  });
  return {
    AccessKeyId,
    SecretAccessKey: randomBytes(30).toString('base64'),
    SessionToken,
    Expiration: new Date(session.expiresAt),
  };
}
