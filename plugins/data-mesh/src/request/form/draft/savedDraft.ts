import type { FormDraft } from './formDraft';

/** A draft as it lies in the browser. */
export interface SavedDraft {
  savedAt: string;
  draft: FormDraft;
}

/** The part of the browser's storage that is needed here. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Where the draft of one person for one product lies. */
export function draftKey(userRef: string, productRef: string): string {
  return `data-mesh/draft/${userRef}/${productRef}`;
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPick(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value.mode === 'columns' || value.mode === 'whole') &&
    isStrings(value.columns) &&
    (value.rowFilter === undefined || typeof value.rowFilter === 'string')
  );
}

function isWay(value: unknown): boolean {
  return (
    isRecord(value) &&
    ['tables', 'all-tables', 'tag-expression'].includes(String(value.form)) &&
    ['read', 'append', 'modify'].includes(String(value.level)) &&
    Array.isArray(value.tags) &&
    value.tags.every(
      tag =>
        isRecord(tag) && typeof tag.key === 'string' && isStrings(tag.values),
    )
  );
}

function isDraft(value: unknown): value is FormDraft {
  return (
    isRecord(value) &&
    typeof value.port === 'string' &&
    isRecord(value.picks) &&
    Object.values(value.picks).every(
      port => isRecord(port) && Object.values(port).every(isPick),
    ) &&
    (value.ways === undefined ||
      (isRecord(value.ways) && Object.values(value.ways).every(isWay))) &&
    isStrings(value.principals) &&
    typeof value.purpose === 'string' &&
    typeof value.reason === 'string' &&
    (value.link === undefined || typeof value.link === 'string') &&
    (value.consumerRef === undefined ||
      typeof value.consumerRef === 'string') &&
    (value.durationDays === undefined || typeof value.durationDays === 'number')
  );
}

/** The saved draft; undefined where there is none that can be understood. */
export function readDraft(
  storage: DraftStorage,
  key: string,
): SavedDraft | undefined {
  try {
    const text = storage.getItem(key);
    const saved: unknown = text === null ? undefined : JSON.parse(text);
    if (!isRecord(saved) || typeof saved.savedAt !== 'string') return undefined;
    return isDraft(saved.draft)
      ? { savedAt: saved.savedAt, draft: saved.draft }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Saves the draft; false where the browser keeps nothing. */
export function writeDraft(
  storage: DraftStorage,
  key: string,
  saved: SavedDraft,
): boolean {
  try {
    storage.setItem(key, JSON.stringify(saved));
    return true;
  } catch {
    // Private windows and full storages refuse; the form works without.
    return false;
  }
}

/** Forgets the draft. */
export function forgetDraft(storage: DraftStorage, key: string): void {
  try {
    storage.removeItem(key);
  } catch {
    // As above.
  }
}
