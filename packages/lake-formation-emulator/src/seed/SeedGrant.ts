/**
 * A grant, with all the checks of Lake Formation.
 *
 * @public
 */
export interface SeedGrant {
  /** The account's first region where left out. */
  region?: string;
  /**
   * An ARN, `A:IAMPrincipals`, `IAM_ALLOWED_PRINCIPALS`, another account's id,
   * or the ARN of an organization or organizational unit.
   */
  principal: string;
  /**
   * The catalog that the resource is in: a nested one, or another account's of
   * which this account passes on what is shared with it. The account's own
   * where left out.
   */
  catalogId?: string;
  /** What the grant is on. */
  resource: SeedResource;
  /** Such as `SELECT` and `DESCRIBE`. */
  permissions: string[];
  /** True for the grant option on all of them, or those that have it. */
  grantOption?: boolean | string[];
  /** Accepts the invitation that a grant to another account causes. */
  accepted?: boolean;
  /**
   * A Cedar expression over the tags of a session, for `A:IAMPrincipals` only:
   * `context.iam.principalTags.getTag("team") == "sales"`.
   */
  condition?: string;
}

/**
 * An opt-in to Lake Formation's grants.
 *
 * @public
 */
export interface SeedOptIn {
  /** The account's first region where left out. */
  region?: string;
  /** An ARN or `A:IAMPrincipals`. */
  principal: string;
  /** A database, a table or all tables. */
  resource: SeedResource;
  /** As in a grant. */
  condition?: string;
}

/**
 * What a grant is on.
 *
 * @public
 */
export type SeedResource =
  | { catalog: true }
  | { database: string }
  | {
      database: string;
      /** A table's name, or `*` for all tables. */
      table: string;
      /** Only these columns. */
      columns?: string[];
      /** All columns but these. */
      excludedColumns?: string[];
    }
  | {
      database: string;
      table: string;
      /** The name of a data cells filter of the table. */
      filter: string;
    }
  | {
      /** An ARN such as `arn:aws:s3:::bucket/path`. */
      dataLocation: string;
    }
  | {
      /** The key of an LF-Tag. */
      lfTag: string;
      /** Values of it, or `*` for all. */
      values: string[];
    }
  | {
      /** The name of a saved LF-Tag expression. */
      lfTagExpression: string;
    }
  | {
      /** Whether the expression reaches databases, or tables and columns. */
      lfTagPolicy: 'DATABASE' | 'TABLE';
      /** The LF-Tags that must match. */
      expression: SeedTagExpression;
    }
  | {
      /** Whether the expression reaches databases, or tables and columns. */
      lfTagPolicy: 'DATABASE' | 'TABLE';
      /** The name of a saved LF-Tag expression. */
      expressionName: string;
    };

/**
 * An LF-Tag and its values.
 *
 * @public
 */
export interface SeedLfTag {
  /** The account's first region where left out. */
  region?: string;
  /** Kept in lower case. */
  key: string;
  /** Kept in lower case. */
  values: string[];
}

/**
 * A saved LF-Tag expression.
 *
 * @public
 */
export interface SeedLfTagExpression {
  /** The account's first region where left out. */
  region?: string;
  /** By which grants name it. */
  name: string;
  /** A text for people. */
  description?: string;
  /** The LF-Tags that must match. */
  expression: SeedTagExpression;
}

/**
 * An LF-Tag expression: the values that match, by key. Every key must match.
 *
 * @public
 */
export type SeedTagExpression = Record<string, string[]>;
