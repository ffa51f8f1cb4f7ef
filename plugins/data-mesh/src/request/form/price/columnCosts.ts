import {
  type PolicyEvaluation,
  type PolicyStage,
  isColumnNamed,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Stages that fall away when certain columns are left out. */
export function avoidableStages(policy?: PolicyEvaluation): PolicyStage[] {
  return (policy?.stages ?? []).filter(stage => stage.columns?.length);
}

/** The stages that asking for one column adds. */
export function stagesAddedBy(
  stages: readonly PolicyStage[],
  table: string,
  column: string,
): PolicyStage[] {
  return stages.filter(stage =>
    isColumnNamed(stage.columns ?? [], table, column),
  );
}
