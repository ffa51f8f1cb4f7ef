/** Kind of a full reference, lower case. */
export const kindOfRef = (ref: string) => ref.slice(0, ref.indexOf(':'));

/** Kinds whose entities hold power in the mesh by their name. */
const KINDS_WITH_POWER = ['group', 'user', 'domain'];

/** Whether the name gives power to whoever stands behind it. */
export const givesPower = (ref: string) =>
  KINDS_WITH_POWER.includes(kindOfRef(ref));
