import { aProduct, aRequestDetail } from '../../../testing';
import { durationChoices, durationLimit } from '../fields/durations';
import {
  draftOfRequest,
  FormDraft,
  initialDraft,
  pruneDraft,
  reduceDraft,
  relinked,
  toNewRequest,
  toRequestDraft,
  withLinked,
} from './formDraft';
import { missingParts } from '../missingParts';
import { usualTime } from '../price/usualTime';

const product = aProduct();
const productRef = 'dataproduct:default/customer-360';

function aDraft(over: Partial<FormDraft> = {}): FormDraft {
  return {
    port: 'profiles',
    picks: {
      profiles: { profiles: { mode: 'columns', columns: ['segment'] } },
    },
    principals: ['arn:aws:iam::210987654321:role/analytics-role'],
    purpose: 'operations',
    durationDays: 30,
    reason: ' because ',
    ...over,
  };
}

describe('the draft of a request', () => {
  it('starts with the only choices made and the port of the link', () => {
    expect(
      initialDraft({
        product,
        port: 'events',
        principals: ['a'],
        purposes: ['p'],
        durationDays: 7,
      }),
    ).toMatchObject({ port: 'events', principals: ['a'], purpose: 'p' });
  });

  it('leaves open what there is a choice of, and ignores an unknown port', () => {
    expect(
      initialDraft({
        product,
        port: 'gone',
        principals: ['a', 'b'],
        purposes: ['p', 'q'],
        durationDays: 7,
      }),
    ).toMatchObject({ port: 'profiles', principals: [], purpose: '' });
  });

  it('keeps the picks of a port while another is looked at', () => {
    const other = reduceDraft(aDraft(), { type: 'port', port: 'events' });
    const picked = reduceDraft(other, {
      type: 'pick',
      table: 'profile_changes',
      pick: { mode: 'whole', columns: [] },
    });
    const back = reduceDraft(picked, { type: 'port', port: 'profiles' });
    expect(toRequestDraft(productRef, product, back).scope?.tables).toEqual([
      { table: 'profiles', columns: ['segment'] },
    ]);
    expect(toRequestDraft(productRef, product, picked).scope?.tables).toEqual([
      { table: 'profile_changes' },
    ]);
  });

  it('becomes a request only when nothing is missing', () => {
    const asked = toRequestDraft(productRef, product, aDraft());
    expect(missingParts(asked)).toEqual([]);
    expect(toNewRequest(asked)).toMatchObject({
      port: 'profiles',
      justification: 'because',
      durationDays: 30,
    });
  });

  it.each([
    ['columns', aDraft({ picks: {} })],
    ['principal', aDraft({ principals: [] })],
    ['purpose', aDraft({ purpose: '' })],
    ['duration', aDraft({ durationDays: undefined })],
    ['duration', aDraft({ durationDays: 0 })],
    ['port', aDraft({ port: 'gone' })],
  ])('says that the %s is missing', (part, draft) => {
    const asked = toRequestDraft(productRef, product, draft);
    expect(missingParts(asked)).toEqual([part]);
    expect(toNewRequest(asked)).toBeUndefined();
  });

  it('loses what the product or the caller no longer has', () => {
    const pruned = pruneDraft(
      aDraft({
        picks: {
          profiles: {
            profiles: { mode: 'columns', columns: ['segment', 'gone'] },
            gone: { mode: 'whole', columns: [] },
          },
          gone: { t: { mode: 'whole', columns: [] } },
        },
        principals: ['a', 'gone'],
        purpose: 'gone',
      }),
      { product, principals: ['a'], purposes: ['p'] },
    );
    expect(pruned).toMatchObject({
      picks: {
        profiles: { profiles: { mode: 'columns', columns: ['segment'] } },
      },
      principals: ['a'],
      purpose: '',
    });
    expect(Object.keys(pruned.picks)).toEqual(['profiles']);
  });

  it('takes over what a request says', () => {
    const request = aRequestDetail();
    expect(draftOfRequest(request)).toMatchObject({
      port: request.port,
      principals: [request.principal.id],
      durationDays: 30,
      reason: request.justification,
    });
  });
});

describe('columns that were ticked elsewhere', () => {
  const linked = {
    link: 'profiles/profiles/country',
    picked: { profiles: { profiles: ['country'] } },
  };
  const columns = ({ picks }: FormDraft) => picks.profiles.profiles.columns;

  it('are put on top of what is held, once', () => {
    const draft = withLinked(aDraft(), linked);
    expect(columns(draft)).toEqual(['segment', 'country']);
    const without = { ...draft, picks: aDraft().picks };
    expect(withLinked(without, linked)).toBe(without);
    expect(withLinked(draft, undefined)).toBe(draft);
  });

  it('are what a draft of an earlier visit is about, with the rest kept', () => {
    const start = withLinked(aDraft({ picks: {}, reason: '' }), linked);
    const saved = aDraft({ port: 'events' });
    const draft = relinked(saved, start, linked);
    expect(draft.port).toBe('profiles');
    expect(columns(draft)).toEqual(['country']);
    expect(draft.reason).toBe(' because ');
    // What was changed in the form since is not undone by a reload.
    const edited = { ...draft, picks: aDraft().picks };
    expect(relinked(edited, start, linked)).toBe(edited);
  });
});

describe('durations', () => {
  it.each([
    [365, [7, 30, 90, 180, 365]],
    [90, [7, 30, 90]],
    [60, [7, 30]],
    [3, [3]],
  ])('offers for at most %d days %j', (max, choices) => {
    expect(durationChoices(max)).toEqual(choices);
  });

  it.each([
    [{ organization: 365 }, 365, 'organization'],
    [{ organization: 365, product: 90 }, 90, 'product'],
    [{ organization: 30, product: 90 }, 30, 'organization'],
    [{ organization: 365, product: 90, policy: 14 }, 14, 'policy'],
    [{ organization: 365, product: 90, policy: 90 }, 90, 'product'],
  ])('finds the limit of %j', (limits, days, by) => {
    expect(durationLimit(limits)).toEqual({ days, by });
  });
});

describe('usualTime', () => {
  it.each([
    [0.2, 'hours', 1],
    [5.4, 'hours', 5],
    [47, 'hours', 47],
    [49, 'days', 2],
  ])('says %d hours in %s', (hours, unit, count) => {
    expect(usualTime(hours)).toEqual({ unit, count });
  });
});
