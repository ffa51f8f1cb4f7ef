/** What has changed about a request since its approvers saw it. */
export const requests = {
  'difference.approves': '{{approvers}} must approve now: {{because}}',
  'difference.decidesNoMore': '{{approvers}} no longer decides',
  'difference.personal_one': '{{columns}} is now personal data',
  'difference.personal_other': '{{columns}} are now personal data',
  'difference.problem': '{{field}}: {{reason}}',
  'difference.unknownReach': 'what it covers is currently unknown: {{reason}}',
  'difference.owner': '{{owner}} now owns the product, not {{before}}',
  'difference.approvalLost':
    'an approval no longer counts: {{approvers}} must approve again',
  'difference.noPlan': 'there was no plan when the request was shown',
  'difference.recreated': '{{name}} was recreated under the same name',
} as const;
