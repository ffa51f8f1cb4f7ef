/** Who decides about a request, because of what, and what is refused. */
export const policy = {
  'policy.owner': 'the owner decides about the product',
  'policy.named': 'the product names them as its approvers',
  'policy.contested': 'ownership of the product is being decided',
  'policy.domainOwner': 'the owner of the domain decides',
  'policy.governance': 'data governance decides',
  'policy.fallback': 'the fallback approvers decide',
  'policy.other_one': '{{tables}} belongs to {{product}}',
  'policy.other_other': '{{tables}} belong to {{product}}',
  'policy.otherNamed_one':
    '{{tables}} belongs to {{product}}, and the product names them',
  'policy.otherNamed_other':
    '{{tables}} belong to {{product}}, and the product names them',
  'policy.otherContested_one':
    '{{tables}} belongs to {{product}}, and ownership of that product is being decided',
  'policy.otherContested_other':
    '{{tables}} belong to {{product}}, and ownership of that product is being decided',
  'policy.holder_one':
    '{{tables}} belongs to no product, and {{domain}} answers for it',
  'policy.holder_other':
    '{{tables}} belong to no product, and {{domain}} answers for them',
  'policy.unheld_one':
    '{{tables}} belongs to no product, and no domain answers for it',
  'policy.unheld_other':
    '{{tables}} belong to no product, and no domain answers for them',
  'policy.tags':
    'the domain of the product holds none of these tags, and anything can carry them',
  'policy.personal_one': '{{columns}} is personal data',
  'policy.personal_other': '{{columns}} are personal data',
  'policy.public': 'the product is public data',
  'policy.sameDomain': 'the requester belongs to the domain of the product',
  'policy.nobody.named': 'nobody is named to decide',
  'policy.nobody.self':
    'nobody but the requester could decide for {{approvers}}',
  'policy.nobody.unknown_one': '{{approvers}} is not in the catalog',
  'policy.nobody.unknown_other': '{{approvers}} are not in the catalog',
  'policy.standIn': '{{because}}; {{nobody}}, so {{standIn}}',
  'policy.noDecider':
    '{{because}}; {{nobody}}, and no fallback approver is left; set dataMesh.governance or dataMesh.policy.fallbackApprovers, or name approvers on the product',
  'policy.noPolicy': 'no policy says who decides about this product',
  'policy.theOwner': 'the owner',
  'policy.ownerOf': 'the owner of `{{product}}`',
  'policy.neverShared.columns_one':
    '{{owner}} never shares {{columns}} of {{table}}; choose columns without it',
  'policy.neverShared.columns_other':
    '{{owner}} never shares {{columns}} of {{table}}; choose columns without them',
  'policy.neverShared.tables_one':
    '{{owner}} never shares {{columns}} of {{table}}; choose tables and columns without it',
  'policy.neverShared.tables_other':
    '{{owner}} never shares {{columns}} of {{table}}; choose tables and columns without them',
  'policy.neverShared.filter_one':
    'filtering by {{columns}} of {{table}} reads it, and {{owner}} never shares it; filter by other columns',
  'policy.neverShared.filter_other':
    'filtering by {{columns}} of {{table}} reads them, and {{owner}} never shares them; filter by other columns',
} as const;
