import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { settledTopic } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { OpenNotices } from './OpenNotices';
import type { PeopleNotice, Recipients } from './recipients';

type Payload = NotificationSendOptions['payload'];

/** What a notification says. Of the same scope, the later replaces the earlier. */
export type NoticePayload = Payload & { scope: string };

/** Something that people are told, and whom it concerns. */
export interface Notice extends PeopleNotice {
  payload: NoticePayload;
}

/**
 * The one way to tell people something. What asks them to act is remembered, so
 * that they are told as well when somebody else has done it.
 */
export class Notices {
  readonly #recipients: Recipients;
  readonly #open: OpenNotices;
  /** What is being told, by scope: one after the other. */
  readonly #telling = new Map<string, Promise<unknown>>();

  constructor(options: { recipients: Recipients; open: OpenNotices }) {
    this.#recipients = options.recipients;
    this.#open = options.open;
  }

  /** Runs what tells of a scope after what was begun before of the same. */
  inOrder<T>(scope: string, work: () => Promise<T>): Promise<T> {
    const before = this.#telling.get(scope) ?? Promise.resolve();
    const now = before.then(work, work);
    this.#telling.set(scope, now);
    const forget = () => {
      if (this.#telling.get(scope) === now) this.#telling.delete(scope);
    };
    now.then(forget, forget);
    return now;
  }

  /** Users who would be told. */
  whom(notice: Notice): Promise<string[]> {
    return this.#recipients.find(notice);
  }

  /** Tells that something has happened. */
  async tell(notice: Notice): Promise<void> {
    await this.inOrder(notice.payload.scope, async () =>
      this.send(await this.whom(notice), notice.payload),
    );
  }

  /** Asks people to do something. */
  async ask(notice: Notice): Promise<void> {
    await this.inOrder(notice.payload.scope, async () =>
      this.askUsers(await this.whom(notice), notice.payload),
    );
  }

  /** Tells all who were asked, and have nothing to do any more. */
  async settle(payload: NoticePayload): Promise<void> {
    await this.inOrder(payload.scope, async () =>
      this.settleUsers(await this.asked(payload.scope), payload),
    );
  }

  /** Users who were asked and not told that it is done. */
  asked(scope: string): Promise<string[]> {
    return this.#open.usersOf(scope);
  }

  async send(users: readonly string[], payload: NoticePayload): Promise<void> {
    await this.#recipients.send(users, payload);
  }

  async askUsers(
    users: readonly string[],
    payload: NoticePayload,
  ): Promise<void> {
    // First: told twice is better than never told that it is done.
    await this.#open.add(payload.scope, users);
    await this.send(users, payload);
  }

  /** They know by other words that nothing is asked of them any more. */
  async forget(scope: string, users: readonly string[]): Promise<void> {
    await this.#open.close(scope, users);
  }

  async settleUsers(
    users: readonly string[],
    payload: NoticePayload,
  ): Promise<void> {
    await this.send(await this.#open.close(payload.scope, users), {
      ...payload,
      severity: 'low',
      topic: settledTopic,
    });
  }
}
