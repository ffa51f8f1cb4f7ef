/** What resolving a difference between decisions and the system does. */
export const effects = {
  'effect.ends': 'The entitlement ends',
  'effect.adopted': '{{grant}}: stays, as adopted',
  'effect.reapplied':
    'Checks all steps of the access to {{product}} for {{principal}} again and applies what is missing',
  'effect.identityAdopted': '{{change}}: the access applies to the new one',
} as const;
