/**
 * PartiQL's reserved words, by https://partiql.org (specification of 2019) and
 * the types that its lexer takes for words as well. Lake Formation fails to
 * parse a column of such a name, unless it stands in double quotes.
 */
const RESERVED = new Set(
  `absolute action add all allocate alter and any are as asc assertion at
  authorization avg bag begin between bigint bit bit_length blob bool boolean by
  can_cast can_lossless_cast cascade cascaded case cast catalog char character
  character_length char_length check clob close coalesce collate collation
  column commit conflict connect connection constraint constraints continue
  convert corresponding count create cross current current_date current_time
  current_timestamp current_user cursor date date_add date_diff deallocate dec
  decimal declare default deferrable deferred delete desc describe descriptor
  diagnostics disconnect distinct do domain double drop else end end_exec escape
  except exception excluded exec execute exists explain external extract false
  fetch first float for foreign found from full get global go goto grant group
  having identity immediate in index indicator initially inner input insensitive
  insert int int2 int4 int8 integer integer2 integer4 integer8 intersect interval
  into is isolation join key lag language last lateral lead left let level like
  limit list local lower match max min missing modified module names national
  natural nchar new next no not nothing null nullif nulls numeric octet_length
  of offset old on only open option or order outer output over overlaps overlay
  pad partial partition pivot placing position precision prepare preserve
  primary prior privileges procedure public read real references relative remove
  replace restrict returning revoke right rollback rows schema scroll section
  select session session_user set sexp shortest size smallint some space sql
  sqlcode sqlerror sqlstate string struct substring sum symbol system_user table
  temporary then time timestamp to transaction translate translation trim true
  tuple union unique unknown unpivot update upper upsert usage user using value
  values varchar varying view when whenever where with work write zone`.split(
    /\s+/,
  ),
);

/** Whether a word must stand in double quotes to name a column. */
export const isReserved = (word: string): boolean =>
  RESERVED.has(word.toLowerCase());
