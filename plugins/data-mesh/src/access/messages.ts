/** Texts of My access and of the dialog that ends an entitlement. */
export const accessMessages = {
  what: 'your access',
  subtitle: 'What your principals may read, and until when',
  discover: 'Find data products',
  view: {
    label: 'Which access',
    active: 'Now',
    past: 'Past',
  },
  attention: {
    title: 'Needs your attention',
    endingSoon_one: '{{count}} ends within 14 days',
    endingSoon_other: '{{count}} end within 14 days',
    failed_one: '{{count}} failed',
    failed_other: '{{count}} failed',
  },
  empty: {
    activeTitle: 'You have no access to data products yet',
    activeWords:
      'What you ask for, and what the groups you belong to hold, stands here as soon as it is approved.',
    pastTitle: 'Nothing has ended',
    pastWords:
      'Access that expired, was revoked or was given up stays here, with the reason.',
    filteredTitle: 'Nothing matches “{{text}}”',
    filteredWords: 'Product, port, principal and purpose are searched.',
    clear: 'Clear the filter',
  },
  filter: 'Filter',
  more_one:
    'Only the first is shown. See the Access tab of a product for more.',
  more_other:
    'Only the first {{count}} are shown. See the Access tab of a product for more.',
  facts: {
    principal: 'As',
    purpose: 'For',
    since: 'Since',
    decidedBy: 'Decided by',
    byRule: 'a rule',
    notYet: 'not in force yet',
    ended: 'Ended',
    by: 'by',
    endedBySystem: 'by the end of its time',
    port: 'port {{port}}',
    days_one: '{{count}} day from the moment it works',
    days_other: '{{count}} days from the moment it works',
  },
  where: {
    show: 'Where the data is',
    hide: 'Hide where the data is',
    account: 'Account',
    region: 'Region',
    database: 'Database',
    tables: 'Tables',
    copyLocation: 'Copy {{name}}',
    gone: 'The catalog has no port {{port}} of this product any more, so its place is not known.',
    what: 'the place of the data',
  },
  failure: {
    applying: 'Granting failed. Only the steps marked as done are in force.',
    undoing: 'Removing failed. Part of this access may still be in force.',
    said: 'AWS answered {{code}}: {{message}}',
    retry: 'Retry',
    retrying: 'Trying again',
    notRetried: 'Could not retry: {{message}}',
  },
  health: {
    degraded: 'Part of it is missing in the system: {{reason}}',
    excess: 'The system gives more than was approved: {{reason}}',
    noReason: 'the last look found a difference',
  },
  actions: {
    giveUp: 'Give up…',
    request: 'See the request',
  },
  end: {
    revokeTitle: 'Revoke the access of {{principal}} to {{product}}',
    relinquishTitle: 'Give up your access to {{product}}',
    loadWhat: 'what will be taken away',
    removes: 'What is taken away',
    removesNothing: 'Nothing is in force, so nothing needs to be taken away.',
    keeps: 'What stays',
    whyRevoke: 'Reason',
    whyRevokeHelp:
      'The holder of the access reads it. It stays in the history.',
    whyRelinquish: 'Reason (optional)',
    needsReason: 'Say why, so that the holder of the access understands.',
    revoke: 'Revoke access',
    relinquish: 'Give up access',
    affects:
      '{{principal}} can no longer read this. Queries that run under it, also those of others, will fail.',
    failedTitle: 'The access was not ended',
    conflict:
      'This access changed meanwhile and is now: {{state}}. Look at what would be taken away once more.',
    over: 'This access is already over.',
    call: 'API call',
  },
} as const;
