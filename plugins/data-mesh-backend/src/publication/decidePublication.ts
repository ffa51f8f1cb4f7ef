import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  publicationDecidePermission,
  type NewPublicationDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import { afterDecision, splitBy, type Split } from './afterDecision';
import { judgePort } from './judgePort';
import {
  auditedWords,
  rowOf,
  writeRow,
  writeSnapshot,
} from './keepPublication';
import type { Judgement } from './Publication';
import type { PublishedPorts } from './PublishedPorts';
import { decidedOf, type PublicationRow } from './PublicationRow';
import type { PublishingDeps } from './publishPass';
import { nextTurn } from '../turns';
import { whyNotDecide } from './whyNotDecide';
import { World, type PortLook } from './world';

export interface DecidingDeps extends PublishingDeps {
  published: Pick<PublishedPorts, 'look'>;
  permissions: PermissionsService;
}

/**
 * Accepts some of what waits and sends the rest back. Judged by what holds at
 * this moment: where that is not what was seen, nothing is decided.
 *
 * @throws NotFoundError
 * @throws NotAllowedError where it is not the caller's turn
 * @throws ConflictError where something has changed since it was seen
 * @throws InputError where something goes back without a reason
 */
export async function decidePublication(
  deps: DecidingDeps,
  caller: Caller,
  id: string,
  seenVersion: number,
  decision: NewPublicationDecision,
): Promise<void> {
  await requirePermission(
    deps.permissions,
    publicationDecidePermission,
    caller,
  );
  const known = await deps.store.get(id);
  const row = await deps.published.look(known.product_ref, known.port);
  if (!row || row.version !== seenVersion) {
    throw changedSince(row ?? known, seenVersion);
  }
  const look = await lookOf(deps, row);
  // Each of these goes through all columns, of which there may be thousands.
  await nextTurn();
  const judged = judgePort(decidedOf(row), look.now);
  const refusal = whyNotDecide(row, judged.parts, caller);
  if (refusal) throw new NotAllowedError(refusal);
  await nextTurn();
  const split = splitBy(decision, judged);
  const comment = decision.comment?.trim();
  if (split.back.length > 0 && !comment) {
    throw new InputError(
      'comment: is missing; say why something goes back, so that its author can mend it',
    );
  }
  await write(deps, caller, { row, look, judged, split, comment });
}

function changedSince(row: PublicationRow, seenVersion: number) {
  return new ConflictError(
    `The publication has changed since you saw version ${seenVersion}: it is ${
      row.state
    } now, at version ${row.version}, and ${
      row.waiting === 1
        ? '1 difference waits'
        : `${row.waiting} differences wait`
    }. Look at it again`,
  );
}

/** The port as the catalog has it now. */
async function lookOf(
  deps: DecidingDeps,
  row: PublicationRow,
): Promise<PortLook> {
  const [product, world] = await Promise.all([
    deps.catalog.findProduct(row.product_ref),
    World.load(deps),
  ]);
  const port = product?.entity.spec.outputPorts.find(
    one => one.name === row.port,
  );
  if (!product || !port) throw changedSince(row, row.version);
  await world.learn([product.entity]);
  const look = world.look(product.entity, port, { returned: false });
  if (look.fingerprint !== row.fingerprint) {
    throw changedSince(row, row.version);
  }
  return look;
}

function nameOfDecision({ accepted, back }: Split): string {
  if (accepted.length === 0) return 'send-back';
  return back.length > 0 ? 'accept-some' : 'accept';
}

async function write(
  deps: DecidingDeps,
  caller: Caller,
  made: {
    row: PublicationRow;
    look: PortLook;
    judged: Judgement;
    split: Split;
    comment?: string;
  },
): Promise<void> {
  const { row: seen, look, judged, split, comment } = made;
  const { current } = judged;
  if (!current) throw changedSince(seen, seen.version);
  const { decided, isComplete } = afterDecision(
    judged,
    current,
    split,
    look.now,
    { caller, ...(comment && { comment }) },
  );
  await nextTurn();
  const after = judgePort(decided, look.now);
  await nextTurn();
  const row = rowOf(deps, { ...after, acceptedByRule: isComplete }, seen, {
    productRef: seen.product_ref,
    port: seen.port,
    look,
  });
  if (!row) throw changedSince(seen, seen.version);
  const words = {
    accepted: split.accepted.map(one => one.words),
    sentBack: split.back.map(one => one.words),
  };
  const won = await deps.store.transaction(async tx => {
    if (!(await writeRow(deps, tx, seen, row, after))) return false;
    await nextTurn();
    if (isComplete) await writeSnapshot(deps, tx, row, after);
    await nextTurn();
    await deps.store.addDecision(tx, {
      id: deps.newId(),
      publicationId: seen.id,
      actorRef: caller.userRef,
      decision: nameOfDecision(split),
      ...(comment && { comment }),
      ...words,
      at: look.now.at,
    });
    const append = (action: string, changes: string[]) =>
      deps.audit.append(tx, {
        actorRef: caller.userRef,
        action,
        subject: `publication:${seen.id}`,
        before: { state: seen.state, version: seen.version },
        after: {
          productRef: seen.product_ref,
          port: seen.port,
          state: row.state,
          version: row.version,
          snapshot: row.snapshot,
          ...(comment && { comment }),
          ...auditedWords(changes),
        },
        correlationId: seen.id,
      });
    if (words.accepted.length > 0) {
      await append(
        isComplete ? 'publication.accepted' : 'publication.part-accepted',
        words.accepted,
      );
    }
    if (words.sentBack.length > 0) {
      await append('publication.sent-back', words.sentBack);
    }
    return true;
  });
  if (!won) throw changedSince(await deps.store.get(seen.id), seen.version);
  tell(deps, caller, row, after, words, isComplete, comment);
}

/** The product's owner hears of it, and those whose turn it is still. */
function tell(
  { events }: DecidingDeps,
  caller: Caller,
  row: PublicationRow,
  after: Judgement,
  words: { accepted: string[]; sentBack: string[] },
  isComplete: boolean,
  comment?: string,
): void {
  const owners = row.owner_ref ? [row.owner_ref] : [];
  const shared = {
    row,
    actorRef: caller.userRef,
    ...(comment && { comment }),
  };
  if (words.sentBack.length > 0) {
    events.emit('publication', {
      ...shared,
      happening: 'sent-back',
      to: owners,
      words: words.sentBack,
    });
  }
  if (words.accepted.length > 0) {
    events.emit('publication', {
      ...shared,
      happening: isComplete ? 'accepted' : 'change-waits',
      to: isComplete ? owners : after.parts.flatMap(part => part.approvers),
      words: words.accepted,
    });
  }
}
