/**
 * The topic of a notification that asks nobody to act any more. Backstage keeps
 * the topic when a notification replaces an earlier one of its scope, but not
 * the metadata. A portal marks those of this topic as read.
 *
 * @public
 */
export const settledTopic = 'data-mesh-settled';
