import { useMemo, useState } from 'react';
import type {
  AccessRequest,
  DataProductEntity,
  Me,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { allowedPurposes } from '@lakemesh/backstage-plugin-data-mesh-common';
import { durationLimit } from './fields/durations';
import {
  AboutAccess,
  draftOfAccess,
  draftOfRequest,
  initialDraft,
  portOf,
  LinkedColumns,
  pruneDraft,
  relinked,
  toNewRequest,
  toRequestDraft,
  wayOf,
  withLinked,
} from './draft/formDraft';
import { MissingPart, missingParts } from './missingParts';
import { useSentence } from '../../useSentence';
import { lacksRows } from '../../scope/picks';
import { PlacedProblem, placeProblems } from '../../scope/problemFields';
import { draftKey } from './draft/savedDraft';
import { usePortPolicy } from './price/usePortPolicy';
import { useFormDraft } from './draft/useFormDraft';
import { usePreview } from './price/usePreview';
import { useSendRequest } from './useSendRequest';

const NONE: string[] = [];

/** All that the form is made of. */
export interface RequestFormInput {
  product: DataProductEntity;
  productRef: string;
  me: Me;
  /** The port that the link names. */
  port?: string;
  /** Columns that were ticked before. */
  linked?: LinkedColumns;
  /** The request to change, instead of a new one. */
  revise?: RequestDetail;
  /** A request that came to nothing, to begin with what it said. */
  like?: RequestDetail;
  /** The access to renew or to change. */
  about?: AboutAccess;
  /** Purposes that the caller used before, the newest first. */
  usedPurposes?: readonly string[];
  onSent: (made: AccessRequest[]) => void;
  /** Words for problems that are found here, without asking the backend. */
  words: {
    overLimit: (days: number, max: number) => string;
    notDays: () => string;
    wholeOnly: () => string;
  };
}

/** State of the request form: content, consequences, problems, sending. */
export function useRequestForm(input: RequestFormInput) {
  const { product, productRef, me, revise, like, about, words } = input;
  const { access } = product.spec;
  const neverShared = access?.neverShared ?? NONE;
  const [firstPort] = useState(input.port);
  const [linked] = useState(input.linked);
  const [usedBefore] = useState(input.usedPurposes ?? NONE);

  const say = useSentence();
  const purposes = useMemo(
    () => allowedPurposes({ purposes: me.purposes }, product),
    [me.purposes, product],
  );
  const world = useMemo(
    () => ({
      product,
      principals: me.principals.map(one => one.principal.id),
      purposes: purposes.map(one => one.id),
    }),
    [product, me.principals, purposes],
  );
  const start = useMemo(() => {
    if (revise) return draftOfRequest(revise);
    if (about) return withLinked(draftOfAccess(about), linked);
    if (like) return pruneDraft(draftOfRequest(like), world);
    const most = durationLimit({
      organization: me.limits.maxDurationDays,
      product: access?.maxDurationDays,
    });
    const empty = initialDraft({
      ...world,
      port: firstPort,
      durationDays: Math.min(me.limits.defaultDurationDays, most.days),
    });
    const used = usedBefore.find(one => world.purposes.includes(one));
    return withLinked(
      { ...empty, purpose: empty.purpose || used || '' },
      linked,
    );
  }, [
    world,
    me.limits,
    access,
    firstPort,
    linked,
    usedBefore,
    revise,
    like,
    about,
  ]);

  const kept = useFormDraft({
    storageKey: draftKey(
      me.userRef,
      revise?.id ??
        (about ? `${about.kind} ${about.entitlement.id}` : undefined) ??
        (like ? `again ${like.id}` : productRef),
    ),
    start,
    adapt: saved => {
      if (revise || about) {
        const { port, principals } = start;
        return { ...relinked(saved, start, linked), port, principals };
      }
      const pruned = relinked(pruneDraft(saved, world), start, linked);
      // The link says which port is meant; the picks of others are kept.
      const named = product.spec.outputPorts.some(
        one => one.name === firstPort,
      );
      return firstPort && named ? { ...pruned, port: firstPort } : pruned;
    },
  });
  const { draft, dispatch } = kept;
  const port = portOf(product, draft);
  const asked = useMemo(
    () => toRequestDraft(productRef, product, draft, about),
    [productRef, product, draft, about],
  );
  const preview = usePreview(asked);
  const { columnStages } = usePortPolicy(productRef, port, neverShared);
  const sending = useSendRequest({
    revise,
    onSent: made => {
      kept.forget();
      input.onSent(made);
    },
  });

  const limit = durationLimit({
    organization: me.limits.maxDurationDays,
    product: access?.maxDurationDays,
    policy: preview.value?.policy?.maxDurationDays,
  });

  const content = JSON.stringify(asked);
  const [refusedContent, setRefusedContent] = useState<string>();
  const problems = useMemo(() => {
    const placed: PlacedProblem[] = [];
    const { durationDays, scope } = asked;
    const isPart = scope?.tables.some(
      ({ columns, rowFilter }) => columns || rowFilter,
    );
    const writesPart = isPart && scope?.level !== 'read';
    if (writesPart) {
      placed.push({ field: 'level', reason: words.wholeOnly() });
    }
    // The end of what is changed stays as it is.
    if (about?.kind === 'amend') {
      // Nothing to say of the duration.
    } else if (durationDays !== undefined && durationDays < 1) {
      placed.push({ field: 'duration', reason: words.notDays() });
    } else if (durationDays !== undefined && durationDays > limit.days) {
      placed.push({
        field: 'duration',
        reason: words.overLimit(durationDays, limit.days),
      });
    }
    if (preview.value && preview.about) {
      const said = placeProblems(
        [
          ...preview.value.problems,
          ...(preview.value.policy?.refusals ?? []).map(
            ({ field, reason }) => ({ field, reason: say(reason) }),
          ),
        ],
        preview.about,
        { untouched: true },
      );
      // Said already, in our own words.
      const fields = new Set(placed.map(one => one.field));
      placed.push(
        ...said.filter(
          one =>
            !(one.field === 'duration' && fields.has('duration')) &&
            // Which the plan says of the port as a whole.
            !(one.field === 'port' && writesPart),
        ),
      );
    }
    if (refusedContent === content) {
      placed.push(
        ...placeProblems(sending.problems, asked).filter(
          one => !placed.some(other => other.reason === one.reason),
        ),
      );
    }
    return placed;
  }, [
    asked,
    about,
    content,
    limit.days,
    preview.value,
    preview.about,
    refusedContent,
    say,
    sending.problems,
    words,
  ]);

  const way = wayOf(draft);
  const missing: MissingPart[] = missingParts(asked, {
    byTags: way.form === 'tag-expression',
    lacksRows:
      way.form === 'tables' && lacksRows(draft.picks[draft.port] ?? {}),
  });
  // An answer about an older draft blocks nothing; the backend checks again.
  const blocking =
    preview.current || refusedContent === content
      ? problems
      : problems.filter(one => one.field === 'duration');

  return {
    ...kept,
    port,
    way,
    neverShared,
    purposes,
    limit,
    asked,
    preview,
    columnStages,
    problems,
    missing,
    blocking,
    sending,
    send(comment?: string) {
      const request = toNewRequest(asked);
      if (!request || blocking.length > 0) return;
      setRefusedContent(content);
      void sending.send(request, comment);
    },
    dispatch,
  };
}
