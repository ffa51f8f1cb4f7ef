/**
 * AWS Lake Formation, Glue, RAM, STS and IAM over the real wire protocols, in memory, for
 * development and tests.
 *
 * @packageDocumentation
 */

export { startLakeFormationEmulator } from './startLakeFormationEmulator';
export type {
  LakeFormationEmulator,
  LakeFormationEmulatorOptions,
} from './startLakeFormationEmulator';
export type {
  EmulatorCall,
  EmulatorCallCount,
  EmulatorCallFilter,
  EmulatorCallOutcome,
  EmulatorCalls,
} from './control/EmulatorCalls';
export type { EmulatorBehaviour, EmulatorLimit } from './model/api/Behaviour';
export type { EmulatorBehaviourControl } from './control/BehaviourControl';
export type {
  IamPolicyDocument,
  IamPolicyStatement,
} from './model/iam/PolicyDocument';
export type { EmulatorClock } from './control/EmulatorClock';
export type {
  EmulatorFault,
  EmulatorFaultKind,
  EmulatorFaultRule,
  EmulatorFaults,
} from './control/EmulatorFaultRule';
export type { EmulatorSnapshot } from './control/snapshot';
export type {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedCatalog,
  SeedEncryption,
  SeedKey,
  SeedLocation,
  SeedPolicy,
  SeedSettings,
} from './seed/SeedAccount';
export type {
  SeedColumn,
  SeedDataCellsFilter,
  SeedDatabase,
  SeedDatabaseTarget,
  SeedDefaultPermission,
  SeedPartition,
  SeedTable,
  SeedTableTarget,
} from './seed/SeedDatabase';
export type {
  SeedGrant,
  SeedLfTag,
  SeedLfTagExpression,
  SeedOptIn,
  SeedResource,
  SeedTagExpression,
} from './seed/SeedGrant';
export type {
  SeedOrganization,
  SeedOrganizationalUnit,
} from './seed/SeedOrganization';
