import type {
  AccessScope,
  OutputPort,
  Place,
  ReachedTables,
  TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * How {@link TableDirectory.reach} looks.
 *
 * @public
 */
export interface ReachOptions {
  signal?: AbortSignal;
  /**
   * The same object for looks that belong together, those of
   * `Provisioner.resolve` included: what they have in common may be looked up
   * once.
   */
  together?: object;
}

/**
 * Knows where tables stand, and which a scope reaches. Looks only.
 *
 * @public
 */
export interface TableDirectory {
  /**
   * Where the tables of a port live, without asking the system: the address of
   * each but for its name. Pure.
   *
   * @returns undefined where the location of the port cannot be read
   */
  addressOf(port: OutputPort): Omit<TableAddress, 'table'> | undefined;

  /**
   * The tables and columns that a scope reaches now, declared or not.
   *
   * @throws NotFoundError, InputError where the port or the scope names what is
   *   not there; whatever else goes to `Provisioner.classify`
   */
  reach(
    intent: { port: OutputPort; scope: AccessScope },
    options?: ReachOptions,
  ): Promise<ReachedTables>;

  /** Tables that stand in a place now, at most as many as the limit. */
  tablesIn(
    place: Place,
    options: { limit: number; signal?: AbortSignal },
  ): Promise<{ tables: TableAddress[]; more: boolean }>;
}
