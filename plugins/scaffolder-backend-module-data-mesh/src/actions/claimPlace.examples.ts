import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const claimPlaceExamples: TemplateExample[] = [
  {
    description: 'Claims the databases of a domain in its account',
    example: stringify({
      steps: [
        {
          id: 'claim',
          name: 'Claim the place',
          action: 'data-mesh:place:claim',
          input: {
            domainRef: 'domain:default/sales',
            place: {
              system: 'lake-formation',
              catalogId: '210987654321',
              region: 'eu-central-1',
              database: 'sales_*',
            },
            reason: 'The sales team fills these databases.',
          },
        },
      ],
    }),
  },
];
