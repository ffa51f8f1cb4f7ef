import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import { mayNotDecide } from '../policy/mayNotDecide';
import type { RequestSummary } from '../store/requests/RequestRecord';
import type { Notices, NoticePayload } from './Notices';
import {
  askMessage,
  commentForApprovers,
  droppedMessage,
  requesterMessage,
  settledMessage,
  waitingMessage,
  type Happened,
  type Message,
} from './requestMessages';
import { readSay, type Say, type SayDeps } from './say';

const TOPIC = 'data-mesh-requests';

/** Scope of the notification about all requests of one submission. */
export const submissionScope = (groupId: string) => `submission:${groupId}`;

/** What makes approvers look again at what they were asked already. */
const ASKS_AGAIN = new Set<Happened['happening']>([
  'created',
  'revised',
  'judged-again',
  'stage-approved',
]);

/** Users with the same requests are told by the same words, at once. */
function together(
  turns: Iterable<readonly [string, RequestSummary[]]>,
): Array<{ users: string[]; theirs: RequestSummary[] }> {
  const groups = new Map<
    string,
    { users: string[]; theirs: RequestSummary[] }
  >();
  for (const [user, theirs] of turns) {
    const key = theirs.map(({ id }) => id).join();
    const group = groups.get(key) ?? { users: [], theirs };
    group.users.push(user);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ users, theirs }) => ({
    users: users.sort(),
    theirs,
  }));
}

/** Whether it is for the requester to change one of them. */
const isTurnOf = (userRef: string, requests: readonly RequestSummary[]) =>
  requests.some(
    ({ state, requesterRef }) =>
      state === 'changes-requested' && requesterRef === userRef,
  );

/** What telling of submissions takes. */
type SubmissionNoticesDeps = SayDeps & {
  notices: Notices;
  requests: { group(groupId: string): Promise<RequestSummary[]> };
  principals: Pick<PrincipalDirectory, 'usersBehind'>;
  /** `dataMesh.policy.fallbackApprovers`. */
  fallbackApprovers: readonly string[];
};

/**
 * Keeps one notification a submission: approvers and the requester each see in
 * it whose turn it is, whatever became of its requests one by one.
 */
export class SubmissionNotices {
  readonly #deps: SubmissionNoticesDeps;
  /** What happened since a submission was last told of. */
  readonly #news = new Map<string, Happened[]>();

  constructor(deps: SubmissionNoticesDeps) {
    this.#deps = deps;
  }

  /** Requests of one submission that change together are told of together. */
  async tell(happened: Happened): Promise<void> {
    const { groupId } = happened.record;
    const waiting = this.#news.get(groupId);
    if (waiting) {
      waiting.push(happened);
      return;
    }
    this.#news.set(groupId, [happened]);
    await this.#deps.notices.inOrder(submissionScope(groupId), async () => {
      const news = this.#news.get(groupId) ?? [];
      this.#news.delete(groupId);
      await this.#tell(groupId, news);
    });
  }

  /**
   * Reminds approvers that somebody waits for them.
   *
   * @param ids - requests of the submission that wait for long
   */
  async remind(groupId: string, ids: ReadonlySet<string>): Promise<void> {
    const { notices } = this.#deps;
    await notices.inOrder(submissionScope(groupId), async () => {
      const requests = await this.#deps.requests.group(groupId);
      const late = requests.filter(({ id }) => ids.has(id));
      if (late.length === 0) return;
      const say = await readSay(this.#deps, [late[0].requesterRef]);
      for (const { users, theirs } of together(await this.#turnsOf(late))) {
        await notices.askUsers(
          users,
          this.payload(groupId, waitingMessage(theirs, say)),
        );
      }
    });
  }

  /** Users whose turn it is to decide a request at the stage it is at. */
  async approversOf(record: RequestSummary): Promise<string[]> {
    const { notices, principals, fallbackApprovers } = this.#deps;
    return notices.whom({
      inCharge: record.policy.stages[record.stage]?.approvers ?? [],
      fallbackApprovers,
      mayNotDecide: await mayNotDecide(principals, record),
      payload: { title: '', scope: submissionScope(record.groupId) },
    });
  }

  /** What is sent to people of requests of one submission. */
  payload(groupId: string, message: Message): NoticePayload {
    return { ...message, topic: TOPIC, scope: submissionScope(groupId) };
  }

  async #tell(groupId: string, news: readonly Happened[]): Promise<void> {
    const { notices } = this.#deps;
    const requests = await this.#deps.requests.group(groupId);
    const last = news.at(-1);
    if (requests.length === 0 || !last) return;
    const say = await readSay(this.#deps, [
      requests[0].requesterRef,
      ...news.map(({ actorRef }) => actorRef),
    ]);
    const before = new Set(await notices.asked(submissionScope(groupId)));
    const turns = await this.#turnsOf(requests);
    const told = new Set([
      ...(await this.#askApprovers(groupId, { turns, before, news, say })),
      ...(await this.#tellOfComments(groupId, news, say)),
      ...(await this.#tellOfDropped(groupId, news)),
      ...(await this.#tellRequester(groupId, requests, news, say)),
    ]);
    const done = [...before].filter(user => !turns.has(user));
    const scope = submissionScope(groupId);
    await notices.forget(
      scope,
      done.filter(user => told.has(user) && !isTurnOf(user, requests)),
    );
    await notices.settleUsers(
      done.filter(user => !told.has(user) && !isTurnOf(user, requests)),
      this.payload(groupId, settledMessage(last, say)),
    );
  }

  /** Who is to decide which of the requests now. */
  async #turnsOf(
    requests: readonly RequestSummary[],
  ): Promise<Map<string, RequestSummary[]>> {
    const turns = new Map<string, RequestSummary[]>();
    for (const request of requests) {
      if (request.state !== 'pending') continue;
      for (const user of await this.approversOf(request)) {
        const theirs = turns.get(user);
        if (theirs) theirs.push(request);
        else turns.set(user, [request]);
      }
    }
    return turns;
  }

  async #askApprovers(
    groupId: string,
    about: {
      turns: ReadonlyMap<string, RequestSummary[]>;
      before: ReadonlySet<string>;
      news: readonly Happened[];
      say: Say;
    },
  ): Promise<string[]> {
    const { turns, before, news, say } = about;
    const again = new Map(
      news
        .filter(({ happening }) => ASKS_AGAIN.has(happening))
        .map(one => [one.record.id, one]),
    );
    const actors = new Set(news.map(({ actorRef }) => actorRef));
    const asked = together(
      [...turns].filter(
        ([user, theirs]) =>
          !actors.has(user) &&
          (!before.has(user) || theirs.some(({ id }) => again.has(id))),
      ),
    );
    for (const { users, theirs } of asked) {
      const why = theirs.flatMap(({ id }) => again.get(id) ?? []).at(-1);
      await this.#deps.notices.askUsers(
        users,
        this.payload(groupId, askMessage(theirs, say, why)),
      );
    }
    return asked.flatMap(({ users }) => users);
  }

  /** Tells approvers what the requester has said. */
  async #tellOfComments(
    groupId: string,
    news: readonly Happened[],
    say: Say,
  ): Promise<string[]> {
    const told: string[] = [];
    for (const happened of news) {
      const { record, happening, actorRef } = happened;
      if (happening !== 'commented' || actorRef !== record.requesterRef) {
        continue;
      }
      const approvers = await this.approversOf(record);
      await this.#deps.notices.send(
        approvers,
        this.payload(groupId, commentForApprovers(happened, say)),
      );
      told.push(...approvers);
    }
    return told;
  }

  /** Tells who decided that it came to nothing: it is their turn again. */
  async #tellOfDropped(
    groupId: string,
    news: readonly Happened[],
  ): Promise<string[]> {
    const told: string[] = [];
    for (const happened of news) {
      const message = droppedMessage(happened);
      if (!message || !happened.dropped) continue;
      const { actorRef } = happened.dropped;
      await this.#deps.notices.askUsers(
        [actorRef],
        this.payload(groupId, message),
      );
      told.push(actorRef);
    }
    return told;
  }

  /** Tells the requester what others did, and whether it is their turn. */
  async #tellRequester(
    groupId: string,
    requests: readonly RequestSummary[],
    news: readonly Happened[],
    say: Say,
  ): Promise<string[]> {
    const { notices } = this.#deps;
    const [{ requesterRef }] = requests;
    const isTheirTurn = isTurnOf(requesterRef, requests);
    const messages = news.flatMap(happened =>
      happened.actorRef === requesterRef
        ? []
        : requesterMessage(happened, say) ?? [],
    );
    const message =
      messages.find(one => one.severity === 'high') ?? messages.at(-1);
    if (message) {
      const payload = this.payload(groupId, message);
      if (isTheirTurn) await notices.askUsers([requesterRef], payload);
      else await notices.send([requesterRef], payload);
    }
    return message ? [requesterRef] : [];
  }
}
