/** Texts of the page of a domain. */
export const domainMessages = {
  next: {
    title: 'Next',
    owner: 'Give this domain an owner',
    ownerWords:
      'Nobody decides for it until the field spec.owner of its catalog file names a group.',
    place: 'Claim what this domain answers for',
    placeWords:
      'Until it holds a place, Governance decides about its products.',
    placeAction: 'Claim a place',
    claim: 'Answer the claim of',
    claimReturned: 'You were asked for changes.',
    claimToDecide: 'It waits for you.',
    publication: 'Decide on a change of {{product}}',
    publicationWords: 'The last accepted facts hold until then.',
    open: 'Open',
    product: 'Publish the first data product',
    productWords:
      'Describe it in a catalog file of kind DataProduct that names this domain.',
  },
  accounts: {
    title: 'Accounts',
    none: 'No account: this domain holds no place.',
    places_one: '{{count}} place',
    places_other: '{{count}} places',
    doctor: 'Check them',
  },
  requests_one: '{{count}} request open',
  requests_other: '{{count}} requests open',
} as const;
