import { TagExpression } from '../grants/tagExpression';

/** An LF-Tag: a key and the values it may have. */
export interface LfTagRecord {
  readonly key: string;
  values: string[];
  /** The principal who made it, who may do everything with it implicitly. */
  readonly createdBy: string;
}

/** A saved LF-Tag expression. */
export interface TagExpressionRecord {
  readonly name: string;
  description?: string;
  expression: TagExpression;
  readonly createdBy: string;
}
