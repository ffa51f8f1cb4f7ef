import type { TrailReport } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a report says, and what it cannot say. */
export interface TrailVerdict {
  isProven: boolean;
  text: string;
}

/**
 * Says how a trail was found.
 *
 * @param given - what it was compared with
 */
export function describeTrail(
  report: TrailReport,
  given: { checkpoints: number; keys: number },
): TrailVerdict {
  const { broken } = report;
  if (broken) {
    return verdict(false, [
      `BROKEN at event ${broken.sequence}: ${broken.reason}`,
      `  found:    ${broken.found}`,
      `  expected: ${broken.expected}`,
      ...(broken.reason.endsWith('is missing')
        ? ['  An export made with filters has gaps, and cannot be verified.']
        : []),
    ]);
  }
  const { first, last, events } = report;
  if (first === undefined || !last) {
    return verdict(false, ['NOTHING TO VERIFY: there is no event']);
  }
  const { matched, before } = report.outside;
  const uncompared = given.checkpoints > 0 && matched === 0;
  return verdict(!uncompared, [
    `${uncompared ? 'NOT PROVEN' : 'WHOLE'}: ${events} events, ${first} to ${
      last.sequence
    }; the last one is of ${last.at} with hash ${last.hash}`,
    ...(matched > 0
      ? [
          `  ${matched} checkpoints given agree with it, up to event ${report.outside.lastSequence}`,
        ]
      : []),
    ...ownCheckpoints(report, given.keys),
    ...(before > 0
      ? [
          `  ${before} checkpoints given are about events before the first one here, and could not be compared`,
        ]
      : []),
    ...(first > 1
      ? [
          `  Nothing is proven about events 1 to ${
            first - 1
          }: the export begins later`,
        ]
      : []),
    ...uncovered(report, given),
  ]);
}

function verdict(isProven: boolean, lines: readonly string[]): TrailVerdict {
  return { isProven, text: `${lines.join('\n')}\n` };
}

function ownCheckpoints({ checkpoints }: TrailReport, keys: number): string[] {
  const { taken, signed, unsigned, otherKey, lastSequence } = checkpoints;
  if (taken === 0) return [];
  const about = `  ${taken} checkpoints in it agree with it, up to event ${lastSequence}`;
  if (keys > 0) {
    return [
      `${about}: ${signed} signed with a key given, ${unsigned} unsigned`,
    ];
  }
  return [
    `${about}${
      otherKey > 0
        ? `; ${otherKey} are signed, which --public-key FILE verifies`
        : ''
    }`,
  ];
}

/** What only the chain itself vouches for. */
function uncovered(
  { last, outside, checkpoints }: TrailReport,
  given: { checkpoints: number; keys: number },
): string[] {
  const end = last?.sequence ?? 0;
  const covered = Math.max(
    outside.lastSequence ?? 0,
    checkpoints.lastSignedSequence ?? 0,
  );
  const cutOff =
    given.checkpoints === 0
      ? ', and an end that was cut off or an older database that was restored is not seen: give --checkpoint FILE'
      : '';
  if (covered === 0) {
    return [
      `  A trail that was rewritten from some event on, with new hashes, would look the same${cutOff}`,
    ];
  }
  if (covered < end || cutOff) {
    return [`  Events after ${covered} are covered by the chain only${cutOff}`];
  }
  return [];
}
