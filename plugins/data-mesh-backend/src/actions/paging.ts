import type { Zod } from './ActionDeps';

/** What lists take to page. */
export const pageInput = (z: Zod) => ({
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .optional()
    .describe('nextCursor of the page before; left out: the first page'),
});

/** Where the next page begins. */
export const nextCursorOutput = (z: Zod) =>
  z.string().optional().describe('Absent on the last page');
