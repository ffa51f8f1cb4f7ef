const openToIam =
  'IAM_ALLOWED_PRINCIPALS holds permissions there, so everyone whose IAM policies allow it can read';
const losesIam =
  'This plan limits only {{grantee}} to what Lake Formation grants there: whatever else its IAM policies allowed, it loses.';
const needsLocation =
  'Lake Formation requires DATA_LOCATION_ACCESS to alter tables at registered locations.';
const askByName =
  'To alter tables at registered locations, request them by name.';

/** What to know before deciding on a plan, although no step shows it. */
export const warnings = {
  'warning.hybrid': `{{tables}}: ${openToIam} them (hybrid access mode). ${losesIam}`,
  'warning.closes': `{{tables}}: ${openToIam} them now. This plan ends that: check who relies on it before you approve.`,
  'warning.open': `Lake Formation does not restrict {{tables}}: ${openToIam} all columns. This plan does not change that.`,
  'warning.noPrincipal':
    '{{principal}} does not exist in IAM now. Anything granted to this name goes to whoever creates it.',
  'warning.heldOnAllTables':
    '{{principal}} can read all tables of `{{database}}` already, by a grant on all tables. That grant stays when this access ends.',
  'warning.passedOn.account':
    'Administrators of account {{account}} can pass this access on to anyone in it.',
  'warning.passedOn.organization':
    'Administrators of every account in {{principal}} can pass this access on to anyone in it.',
  'warning.passedOn.through':
    'Lake Formation reaches {{principal}} only through account {{account}}, whose administrators can pass this access on to others in it.',
  'warning.tags':
    'Covers everything with these LF-Tags in catalog `{{catalog}}`, now and in future, also outside this port. Now: {{tables}}.',
  'warning.tags.none': 'no tables',
  'warning.tags.moreThan': 'more than {{tables}}',
  'warning.tags.elsewhere': '{{tables}} are outside database `{{database}}`.',
  'warning.tags.tooMany':
    'These LF-Tags match more than {{tables}}, and Lake Formation opts in table by table: this plan opts nobody in. Where the tables are at locations in hybrid access mode and IAM_ALLOWED_PRINCIPALS holds permissions, IAM keeps deciding.',
  'warning.tags.hybrid': `{{tables}}: ${openToIam} them (hybrid access mode). ${losesIam} Lake Formation opts in to tables, not to LF-Tags: IAM keeps deciding on tables that get these LF-Tags later, until this access is planned again.`,
  'warning.locations.tags': `${needsLocation} Where the tables with these LF-Tags are is not known in advance, so this plan grants none. ${askByName}`,
  'warning.locations.granted': `${needsLocation} This plan grants it at {{locations}}, where database \`{{database}}\` is. Request tables stored elsewhere by name.`,
  'warning.locations.none': `${needsLocation} Database \`{{database}}\` names no registered location, so this plan grants none. ${askByName}`,
  'warning.growing': 'Includes tables added to `{{database}}` later.',
  'warning.wholeTable':
    '{{principal}} holds SELECT on all of {{table}} already: Lake Formation shows it every row there, past the filter.',
  'warning.wholeColumns':
    '{{principal}} holds SELECT on columns of {{table}} already: Lake Formation shows it every row of them, past the filter.',
  'warning.partitionKeys':
    'Anyone who reads columns of {{table}} also sees its partition keys ({{keys}}): Lake Formation cannot hide them.',
  'warning.undeclared':
    '{{table}} has columns in Glue that port `{{port}}` does not declare: {{columns}}. Access to the whole table includes them.',
} as const;
