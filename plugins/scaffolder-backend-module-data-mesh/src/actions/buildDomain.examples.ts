import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const buildDomainExamples: TemplateExample[] = [
  {
    description: 'A domain owned by a group that exists',
    example: stringify({
      steps: [
        {
          id: 'build',
          action: 'data-mesh:domain:build',
          name: 'Describe the domain',
          input: {
            name: 'sales',
            title: 'Sales',
            description: 'Customers and orders.',
            owner: 'group:default/team-crm',
            accountId: '210987654321',
            region: 'eu-central-1',
          },
        },
      ],
    }),
  },
  {
    description: 'A domain with a new group',
    example: stringify({
      steps: [
        {
          id: 'build',
          action: 'data-mesh:domain:build',
          name: 'Describe the domain',
          input: {
            name: 'sales',
            group: {
              name: 'team-sales-data',
              title: 'Team Sales data',
              members: ['user:default/jo.lind'],
            },
            accountId: '210987654321',
            region: 'eu-central-1',
          },
        },
      ],
    }),
  },
];
