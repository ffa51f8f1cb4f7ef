import { possibleInWords } from './actions';

/**
 * States as data: for each state, the events it takes and where they lead.
 *
 * @public
 */
export type Transitions<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: State };
};

/**
 * Outcome of {@link transition}: the next state, or why there is none.
 *
 * @public
 */
export type TransitionResult<State extends string> =
  | { ok: true; state: State }
  | { ok: false; reason: string };

/**
 * Takes one step in a state machine.
 *
 * @public
 */
export function transition<State extends string, Event extends string>(
  transitions: Transitions<State, Event>,
  state: State,
  event: Event,
): TransitionResult<State> {
  const next = transitions[state][event];
  if (next !== undefined) return { ok: true, state: next };
  return {
    ok: false,
    reason: possibleInWords(state, eventsOf(transitions, state)),
  };
}

/**
 * The events that a state takes.
 *
 * @public
 */
export function eventsOf<State extends string, Event extends string>(
  transitions: Transitions<State, Event>,
  state: State,
): Event[] {
  return Object.keys(transitions[state]) as Event[];
}
