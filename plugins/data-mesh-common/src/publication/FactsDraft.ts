import { canonicalFacts } from './canonicalFacts';
import type { ColumnFacts, PortFacts } from './portFacts';
import { foldedName } from './protection';

interface TableDraft {
  name: string;
  columns: Map<string, { name: string; facts: ColumnFacts }>;
}

function tableDraft(
  name: string,
  { columns }: PortFacts['tables'][string],
): TableDraft {
  return {
    name,
    columns: new Map(
      Object.entries(columns).map(([column, facts]) => [
        foldedName(column),
        { name: column, facts },
      ]),
    ),
  };
}

/** Facts that are being put together, one change after another. */
export class FactsDraft {
  /** All but the tables, purposes and what is never shared. */
  readonly facts: PortFacts;
  /** By the name itself; undefined where every purpose is allowed. */
  purposes: Map<string, string> | undefined;
  /** By the name without regard to case. */
  readonly neverShared: Map<string, string>;
  readonly #tables = new Map<string, TableDraft>();

  constructor(from: PortFacts) {
    this.facts = { ...from, tables: {} };
    this.purposes = from.purposes && new Map(from.purposes.map(id => [id, id]));
    this.neverShared = new Map(
      from.neverShared.map(name => [foldedName(name), name]),
    );
    for (const [name, table] of Object.entries(from.tables)) {
      this.#tables.set(foldedName(name), tableDraft(name, table));
    }
  }

  setTable(name: string, table: PortFacts['tables'][string] | undefined): void {
    if (table) this.#tables.set(foldedName(name), tableDraft(name, table));
    else this.#tables.delete(foldedName(name));
  }

  setColumn(table: string, name: string, facts: ColumnFacts | undefined): void {
    const columns = this.#tables.get(foldedName(table))?.columns;
    if (facts) columns?.set(foldedName(name), { name, facts });
    else columns?.delete(foldedName(name));
  }

  changeColumn(
    table: string,
    name: string,
    change: (facts: ColumnFacts) => ColumnFacts,
  ): void {
    const column = this.#tables
      .get(foldedName(table))
      ?.columns.get(foldedName(name));
    if (column) column.facts = change(column.facts);
  }

  /** How names are written, and what type columns have, is nobody's decision. */
  spellAs(current: PortFacts): void {
    for (const name of current.neverShared) {
      if (this.neverShared.has(foldedName(name))) {
        this.neverShared.set(foldedName(name), name);
      }
    }
    for (const [name, { columns }] of Object.entries(current.tables)) {
      const table = this.#tables.get(foldedName(name));
      if (!table) continue;
      table.name = name;
      for (const [column, { type }] of Object.entries(columns)) {
        const known = table.columns.get(foldedName(column));
        if (!known) continue;
        known.name = column;
        known.facts = { ...known.facts, type };
      }
    }
  }

  done(): PortFacts {
    return canonicalFacts({
      ...this.facts,
      purposes: this.purposes && [...this.purposes.values()],
      neverShared: [...this.neverShared.values()],
      tables: Object.fromEntries(
        [...this.#tables.values()].map(({ name, columns }) => [
          name,
          {
            columns: Object.fromEntries(
              [...columns.values()].map(column => [column.name, column.facts]),
            ),
          },
        ]),
      ),
    });
  }
}
