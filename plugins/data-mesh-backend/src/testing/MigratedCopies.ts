import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import knexFactory, { type Knex } from 'knex';

/** Where the tables of the plugin are made. */
export const migrationsDirectory = resolve(__dirname, '../../migrations');

/** Makes copies of a database that has the tables of the plugin. */
export interface MigratedCopies {
  create(): Promise<Knex>;
  shutdown(): Promise<void>;
}

function migrate(knex: Knex): Promise<unknown> {
  return knex.migrate.latest({ directory: migrationsDirectory });
}

/** In memory, each opened from the bytes of the first. */
export class SqliteCopies implements MigratedCopies {
  readonly #copies: Knex[] = [];
  #original?: Promise<Buffer>;

  constructor(readonly empty: () => Promise<Knex>) {}

  async create(): Promise<Knex> {
    this.#original ??= this.#migrated();
    // better-sqlite3 opens what a buffer holds, which the types of Knex do not
    // know.
    const filename = (await this.#original) as unknown as string;
    const copy = knexFactory({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    });
    this.#copies.push(copy);
    return copy;
  }

  async shutdown(): Promise<void> {
    for (const copy of this.#copies) await copy.destroy();
  }

  async #migrated(): Promise<Buffer> {
    const knex = await this.empty();
    await migrate(knex);
    const connection = await knex.client.acquireConnection();
    try {
      return connection.serialize();
    } finally {
      await knex.client.releaseConnection(connection);
    }
  }
}

/** Another one with every change of the migrations. */
function templateName(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(migrationsDirectory).sort()) {
    hash.update(file).update(readFileSync(join(migrationsDirectory, file)));
  }
  return `lakemesh_${hash.digest('hex').slice(0, 32)}`;
}

/** How long a busy server is waited for, in milliseconds. */
export const PATIENCE_MS = 600_000;

/** How to connect to the server, as one of its databases does. */
interface Server {
  admin: Knex;
  open(database: string): Knex;
}

async function serverOf(one: Knex): Promise<Server> {
  const { client, connection, pool } = one.client.config;
  const open = (database: string) =>
    knexFactory({
      client,
      connection: { ...connection, database },
      // A server that is busy is waited for, as anything else is. Of the two
      // times Knex takes the shorter one.
      pool: { ...pool, acquireTimeoutMillis: PATIENCE_MS },
      acquireConnectionTimeout: PATIENCE_MS,
    });
  return { admin: open('postgres'), open };
}

/**
 * Made of a template by the server. The template stays: the next process finds
 * it, until a migration changes.
 */
export class PostgresCopies implements MigratedCopies {
  readonly #copies = new Map<string, Knex>();
  #server?: Promise<Server>;
  #template?: Promise<string>;

  constructor(readonly empty: () => Promise<Knex>) {}

  async create(): Promise<Knex> {
    this.#server ??= this.empty().then(serverOf);
    const server = await this.#server;
    this.#template ??= this.#findTemplate(server);
    const name = `db${randomBytes(16).toString('hex')}`;
    // Files are copied in a third of the time that logging them takes.
    await server.admin.raw(
      'create database ?? template ?? strategy file_copy',
      [name, await this.#template],
    );
    const copy = server.open(name);
    this.#copies.set(name, copy);
    return copy;
  }

  async shutdown(): Promise<void> {
    const server = await this.#server;
    // Together: each alone waits for a checkpoint of its own.
    await Promise.all(
      [...this.#copies].map(async ([name, copy]) => {
        await copy.destroy();
        await server?.admin.raw('drop database ?? with (force)', [name]);
      }),
    );
    await server?.admin.destroy();
  }

  async #findTemplate({ admin, open }: Server): Promise<string> {
    const template = templateName();
    const isThere = () => admin('pg_database').where({ datname: template });
    if ((await isThere()).length > 0) return template;

    const name = `db${randomBytes(16).toString('hex')}`;
    await admin.raw('create database ??', [name]);
    const knex = open(name);
    await migrate(knex);
    await knex.destroy();
    try {
      // Under this name it is complete, and nobody connects to it any more.
      await admin.raw('alter database ?? rename to ??', [name, template]);
    } catch (error) {
      await admin.raw('drop database ??', [name]);
      // Another process may have been faster.
      if ((await isThere()).length === 0) throw error;
    }
    return template;
  }
}
