import type { Principal } from '../client/types.generated';
import { parseAwsPrincipal } from './principal';

/**
 * The principals that an annotation names, or why it cannot be read.
 *
 * @public
 */
export type PrincipalsAnnotation =
  | { ok: true; principals: Principal[] }
  | { ok: false; reason: string };

/**
 * Reads one principal whole.
 *
 * @public
 */
export type ReadPrincipal = (id: string) => Principal | undefined;

/** Kinds whose names have no white space: these may stand in a list. */
const LISTED: ReadonlySet<Principal['kind']> = new Set([
  'iam-role',
  'iam-user',
  'account',
  'organization',
  'organizational-unit',
  'identity-center-user',
  'identity-center-group',
  'special',
] as const);

const ADVICE =
  'write one principal a line, or a JSON list like ["PRINCIPAL", "PRINCIPAL"]';

function isListed({ kind, id }: Principal): boolean {
  return LISTED.has(kind) || (kind === 'iam-principals' && !id.includes('?'));
}

/** Another principal seems to begin after a separator. */
const hasSecond = (text: string) => /[\s,]arn:aws[\w-]*:/.test(text);

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function refused(reason: string): PrincipalsAnnotation {
  return { ok: false, reason };
}

/** Each text is one principal, whatever characters it has. */
function readEach(
  texts: readonly string[],
  read: ReadPrincipal,
): PrincipalsAnnotation {
  const found = new Map<string, Principal>();
  for (const text of texts) {
    const principal = read(text);
    if (!principal) {
      return refused(`'${shown(text)}' is no principal; ${ADVICE}`);
    }
    found.set(principal.id, principal);
  }
  return { ok: true, principals: [...found.values()] };
}

function readJson(text: string, read: ReadPrincipal): PrincipalsAnnotation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(`'${shown(text)}' is no JSON list; ${ADVICE}`);
  }
  return Array.isArray(value) && value.every(one => typeof one === 'string')
    ? readEach(value, read)
    : refused(`'${shown(text)}' is no JSON list of texts; ${ADVICE}`);
}

function readLines(lines: string[], read: ReadPrincipal): PrincipalsAnnotation {
  const unclear = lines.find(line => line.endsWith(',') || hasSecond(line));
  return unclear === undefined
    ? readEach(lines, read)
    : refused(
        `it is unclear whether the line '${shown(
          unclear,
        )}' is one principal; ${ADVICE}`,
      );
}

/** One principal whole, or a list, but only where it cannot be both. */
function readLine(line: string, read: ReadPrincipal): PrincipalsAnnotation {
  const whole = hasSecond(line) ? undefined : read(line);
  const parts = line.split(/[\s,]+/).filter(part => part.length > 0);
  if (whole && parts.length === 1 && parts[0] === line) {
    return { ok: true, principals: [whole] };
  }
  const pieces = parts.map(read);
  const isList = pieces.every(piece => piece && isListed(piece));
  if (isList && !whole) return readEach(parts, read);
  if (whole && pieces.some(piece => !piece)) {
    return { ok: true, principals: [whole] };
  }
  const unreadable = parts.find((_, index) => !pieces[index]);
  return unreadable !== undefined && !whole
    ? refused(
        `'${shown(unreadable)}' in '${shown(line)}' is no principal; ${ADVICE}`,
      )
    : refused(
        `it is unclear whether '${shown(
          line,
        )}' is one principal or a list; ${ADVICE}`,
      );
}

/**
 * Reads the annotation `lakemesh.io/principals`: a JSON list of texts, or one
 * principal a line. A single line may list principals between commas or white
 * space, as long as it cannot be read as one principal, and none of them is of
 * a kind whose names may have white space. What does not read whole makes the
 * annotation an error: it never becomes another principal.
 *
 * @param read - reads one principal; default: those of AWS
 * @public
 */
export function readPrincipalsAnnotation(
  text: string | undefined,
  read: ReadPrincipal = parseAwsPrincipal,
): PrincipalsAnnotation {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return { ok: true, principals: [] };
  if (trimmed.startsWith('[')) return readJson(trimmed, read);
  const lines = trimmed
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line.length > 0);
  return lines.length === 1 ? readLine(lines[0], read) : readLines(lines, read);
}
