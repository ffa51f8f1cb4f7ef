/** When a role came to be that the seed does not know, or not this one of its name. */
export interface RoleBirth {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** How many roles of the name there were before. */
  readonly generation: number;
}
