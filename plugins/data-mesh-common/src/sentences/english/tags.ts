/** LF-Tags that are defined and assigned. */
export const tags = {
  'tags.create': 'Create LF-Tag `{{key}}` with {{values}}',
  'tags.delete': 'Delete LF-Tag `{{key}}` from all resources',
  'tags.addValues': 'Add {{values}} to the values of LF-Tag `{{key}}`',
  'tags.removeValues': 'Remove {{values}} from the values of LF-Tag `{{key}}`',
  'tags.assign': 'Assign LF-Tag {{tags}} to {{resource}}',
  'tags.remove': 'Remove LF-Tag {{tags}} from {{resource}}',
  'tags.columns': '{{columns}} of `{{table}}`',
  'tags.finding.missing':
    '{{resource}} has no LF-Tag `{{key}}`; its product asks for `{{wanted}}`',
  'tags.finding.different':
    '{{resource}} has LF-Tag `{{key}}` = `{{found}}`; its product asks for `{{wanted}}`',
  'tags.finding.excess':
    '{{resource}} has LF-Tag `{{key}}` = `{{found}}`; its product asks for none',
} as const;
