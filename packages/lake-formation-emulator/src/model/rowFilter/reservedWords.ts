/** PartiQL's words that a column's name must be quoted to be. */
const RESERVED = `
  all alter and any as asc at avg between by case cast coalesce column count
  create cross current_date current_time current_timestamp current_user date
  default delete desc distinct drop else end escape except exists extract false
  from full group having in index inner insert intersect into is join key left
  like limit max min missing natural not null nullif offset on or order outer
  pivot position primary remove right select set some substring sum table then
  time timestamp trim true tuple union unique unpivot update user using value
  values when where with
`;

const WORDS = new Set(RESERVED.split(/\s+/).filter(Boolean));

export const isReserved = (word: string) => WORDS.has(word);
