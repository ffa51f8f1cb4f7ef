import { aClaim, aPublication } from '../testing';
import { nextStep, type DomainStanding } from './nextStep';

const OWNER = 'group:default/team-crm';
const ANA = 'user:default/ana';

const domain = (change: Partial<DomainStanding> = {}): DomainStanding => ({
  ownerRefs: [OWNER],
  viewerRefs: [ANA, OWNER],
  governs: false,
  places: [{ id: 'place' }],
  claims: [],
  publications: [],
  products: 3,
  ...change,
});
const returned = aClaim({ state: 'changes-requested', requesterRef: ANA });
const pending = aClaim({ state: 'pending', requesterRef: ANA, waitsFor: [] });
const publication = aPublication({
  waitsFor: { approvers: [OWNER] },
} as Parameters<typeof aPublication>[0]);

describe('the next step of a domain', () => {
  it.each<[string, Partial<DomainStanding>, string | undefined]>([
    ['nothing, where all is done', {}, undefined],
    [
      'an owner, before anything else',
      { ownerRefs: [], places: [], governs: true },
      'owner',
    ],
    ['a place', { places: [], products: 0 }, 'place'],
    [
      'nothing, while a place is claimed',
      { places: [], claims: [pending] },
      undefined,
    ],
    [
      'the claim that came back',
      { places: [], claims: [pending, returned] },
      'claim',
    ],
    [
      'the change of a product that waits for the viewer',
      { publications: [publication] },
      'publication',
    ],
    ['the first product', { products: 0 }, 'product'],
  ])('is %s', (_, change, expected) => {
    expect(nextStep(domain(change))?.kind).toBe(expected);
  });

  it.each<[string, Partial<DomainStanding>]>([
    ['no owner', { ownerRefs: [] }],
    ['no place', { places: [] }],
    ['no product', { products: 0 }],
    ['a change that waits', { publications: [publication] }],
  ])('is not told to those who may not do it: %s', (_, change) => {
    expect(
      nextStep(domain({ viewerRefs: ['user:default/bob'], ...change })),
    ).toBeUndefined();
  });
});
