/** What plans and differences of grants say before somebody decides. */
export const plan = {
  'plan.grant': 'Grant {{access}} to {{grantee}}',
  'plan.revoke': 'Revoke {{access}} from {{grantee}}',
  'plan.keepApproved': 'Keep what was approved: {{change}}',
  'plan.restriction.apply':
    'Revoke everything IAM_ALLOWED_PRINCIPALS holds on {{resources}}. From then on, Lake Formation restricts access there for everybody',
  'plan.restriction.undo':
    'Give IAM_ALLOWED_PRINCIPALS back what it held on {{resources}}',
  'plan.restriction.lifted':
    'the restriction: IAM_ALLOWED_PRINCIPALS gets {{access}} back',
  'plan.restriction.name': 'the restriction by Lake Formation',
  'plan.optIn.apply':
    'Opt {{grantee}} in to Lake Formation on {{resource}}. From then on, Lake Formation grants decide there, not IAM alone',
  'plan.optIn.undo': 'Leave {{grantee}} to IAM again on {{resource}}',
  'plan.optIn.name':
    'the opt-in of `{{principal}}` to Lake Formation on {{resource}}',
  'plan.share.accept':
    'In account `{{account}}`, accept the invitation to the resource share with the grants to {{grantee}}, if there is one',
  'plan.filter.create': 'Create {{filter}}: rows where `{{rows}}`, {{columns}}',
  'plan.delete': 'Delete {{what}}',
  'plan.link.create':
    'Create resource link `{{link}}` in account `{{account}}` to {{target}}',
  'plan.link.delete':
    'Delete resource link `{{link}}` in account `{{account}}`',
  'plan.link.name': 'resource link `{{link}}`',
  'plan.link.leftover': 'what is left of {{link}}',
  'plan.link.table': '`{{table}}` of `{{catalog}}`',
  'plan.link.tableIn': '`{{table}}` of `{{catalog}}` in {{region}}',
  'plan.link.database': 'database `{{database}}` of `{{catalog}}`',
  'plan.link.databaseIn':
    'database `{{database}}` of `{{catalog}}` in {{region}}',
  'plan.keeps.before': 'was there before this access was granted',
  'plan.keeps.needed': 'another entitlement needs it',
  'plan.keeps.foreign':
    'someone else has granted SELECT on more columns since, and Lake Formation cannot tell the two apart',
} as const;
