import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const publishToCatalogExamples: TemplateExample[] = [
  {
    description: 'Publish what an earlier step has built',
    example: stringify({
      steps: [
        {
          id: 'publish',
          action: 'data-mesh:catalog:publish',
          name: 'Publish to the catalog',
          input: { entities: '${{ steps.build.output.entities }}' },
        },
      ],
    }),
  },
  {
    description: 'Publish a system under a file name of your own',
    example: stringify({
      steps: [
        {
          id: 'publish',
          action: 'data-mesh:catalog:publish',
          name: 'Publish to the catalog',
          input: {
            fileName: 'sales-systems.yaml',
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'System',
                metadata: { name: 'crm' },
                spec: { owner: 'group:default/team-crm', domain: 'sales' },
              },
            ],
          },
        },
      ],
    }),
  },
];
