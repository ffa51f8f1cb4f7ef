import type { PolicyStage } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The columns that a stage comes from, without the names of their tables. */
export function columnsAdding(stage: PolicyStage): string[] {
  return [
    ...new Set(
      (stage.columns ?? []).map(name => name.slice(name.indexOf('.') + 1)),
    ),
  ];
}
