/** Who holds a grant. */
export const principals = {
  'principal.iamUser': 'user {{name}}',
  'principal.samlUser': 'SAML user {{name}}',
  'principal.samlGroup': 'SAML group {{name}}',
  'principal.quickSightUser': 'QuickSight user {{name}}',
  'principal.quickSightGroup': 'QuickSight group {{name}}',
  'principal.account': 'account `{{account}}`',
  'principal.ofAccount': '{{principal}} of account `{{account}}`',
  'principal.inAccount': '{{principal}} ({{account}})',
} as const;
