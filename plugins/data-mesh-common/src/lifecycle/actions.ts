/**
 * What people may do in each state, whoever they are.
 *
 * @public
 */
export type ActionsByState<State extends string, Action extends string> = {
  readonly [S in State]: readonly Action[];
};

/**
 * Who takes each action, by what they are to the thing. One of the relations is
 * enough.
 *
 * @public
 */
export type ActorsByAction<Action extends string, Relation extends string> = {
  readonly [A in Action]: readonly Relation[];
};

const either = new Intl.ListFormat('en', { type: 'disjunction' });

/**
 * Says in which state something is, and what is possible there.
 *
 * @param possible - names of what is possible; empty in a final state
 * @public
 */
export function possibleInWords(
  state: string,
  possible: readonly string[],
): string {
  return possible.length > 0
    ? `it is ${state}, where only ${either.format(possible)} is possible`
    : `it is ${state}, which is final`;
}
