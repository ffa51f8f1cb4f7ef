/** Parts that many sentences are made of. */
export const words = {
  'list.and': '{{before}} and {{last}}',
  'list.or': '{{before}} or {{last}}',
  'list.comma': '{{before}}, {{next}}',
  'list.semicolon': '{{before}}; {{next}}',
  'list.more_one': '{{count}} more',
  'list.more_other': '{{count}} more',
  'count.table_one': '{{count}} table',
  'count.table_other': '{{count}} tables',
} as const;
