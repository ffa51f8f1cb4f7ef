import type { EntitlementHappening } from '../../events';
import type { EntitlementRow } from '../../store/tables';

/** An entitlement before and after a transaction. */
export interface EntitlementChange {
  before: EntitlementRow;
  after: EntitlementRow;
  /** What a person did to it, where that is not plain from the states. */
  happening?: EntitlementHappening;
  actorRef?: string;
}
