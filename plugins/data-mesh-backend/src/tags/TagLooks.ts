import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { ProductTags } from '@lakemesh/backstage-plugin-data-mesh-common';
import { storedFinding, storedStep } from '../store/storedSentences';

/** What is seen of the tags of a product, whoever looks. */
export type TagLook = Omit<ProductTags, 'productRef' | 'mayApply'>;

/** What is asked for, whatever it is made of. */
export interface AskedTags {
  productRef: string;
}

const hashOf = (asked: AskedTags) =>
  createHash('sha256').update(JSON.stringify(asked)).digest('hex');

/**
 * The last look at the tags of each product: a hint at drift wants no call to
 * the system each time that the product is shown.
 */
export class TagLooks {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** @returns undefined where it is older, or something else was asked for */
  async find<Asked extends AskedTags>(
    asked: Asked,
    since: Date,
  ): Promise<TagLook | undefined> {
    const row = await this.#knex('tag_looks')
      .where({ product_ref: asked.productRef, asked: hashOf(asked) })
      .where('checked_at', '>=', since.toISOString())
      .first('look');
    if (!row) return undefined;
    const look: TagLook = JSON.parse(row.look);
    return {
      ...look,
      findings: look.findings.map(storedFinding),
      steps: look.steps.map(storedStep),
    };
  }

  async remember<Asked extends AskedTags>(
    asked: Asked,
    look: TagLook,
  ): Promise<void> {
    await this.#knex('tag_looks')
      .insert({
        product_ref: asked.productRef,
        asked: hashOf(asked),
        checked_at: look.checkedAt,
        look: JSON.stringify(look),
      })
      .onConflict('product_ref')
      .merge()
      // One that began earlier may end later.
      .where('tag_looks.checked_at', '<=', look.checkedAt);
  }

  /** Before something is changed, so that nobody is shown what was. */
  async forget(productRef: string): Promise<void> {
    await this.#knex('tag_looks').where({ product_ref: productRef }).delete();
  }
}
