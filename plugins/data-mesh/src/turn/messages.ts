/** Texts of what waits for the caller. */
export const turnMessages = {
  title: 'Your turn',
  nothing: 'Nothing waits for you',
  more_one: '{{count}} more',
  more_other: '{{count}} more',
  decide: {
    title_one: '{{count}} request to decide',
    title_other: '{{count}} requests to decide',
    words: 'Others wait until you have decided.',
    action: 'Open the inbox',
  },
  broken: {
    title_one: '{{count}} access is not as approved',
    title_other: '{{count}} accesses are not as approved',
    words: '{{product}}',
    action: 'See it',
  },
  drift: {
    title_one: '{{count}} difference from what was approved',
    title_other: '{{count}} differences from what was approved',
    words: 'AWS holds more or less than somebody decided.',
    action: 'Look at drift',
  },
  ending: {
    title_one: '{{count}} access ends soon',
    title_other: '{{count}} accesses end soon',
    words: '{{product}}, {{when}}',
    action: 'Renew it',
    actions: 'See them',
  },
  asked: {
    title_one: 'You are asked for changes',
    title_other: 'You are asked for changes to {{count}} requests',
    words: '{{product}}',
    action: 'Answer',
  },
} as const;
