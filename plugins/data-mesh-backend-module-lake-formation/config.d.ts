export interface Config {
  dataMesh?: {
    /** AWS Lake Formation, the system behind ports of type `lake-formation`. */
    lakeFormation?: {
      /**
       * Endpoint to call instead of AWS's own, for Lake Formation and Glue.
       * For the emulator of this suite: `http://127.0.0.1:4566`.
       */
      endpoint?: string;
      /**
       * Accounts by the names that people know. Credentials stand in
       * `aws.accounts`.
       */
      accounts?: Array<{
        /** 12 digits, in quotes. */
        accountId: string;
        /**
         * Shown beside the last four digits. Default: the alias of
         * `dataMesh.accounts`.
         */
        alias?: string;
        /** Region of ports that name none. */
        region?: string;
        /**
         * Resource links in the catalog of this account, by which its
         * principals see what other accounts share with them.
         */
        links?: {
          /**
           * `database`: one link for each database, which serves all its tables
           * and everybody. `table`: one link for each table, in `database`.
           * `none`: the account makes its own. Default: `database`.
           */
          kind?: 'database' | 'table' | 'none';
          /** Existing database of this account that takes links of tables. */
          database?: string;
          /** Region of the links. Default: the region of the port. */
          region?: string;
          /**
           * Makes a link also where the account as a whole is granted
           * something. Default: false.
           */
          forAccount?: boolean;
        };
      }>;
      /**
       * Accounts of one AWS organization with resource sharing switched on:
       * nobody has to accept an invitation between them.
       */
      organization?: {
        /** 12 digits each, in quotes. Default: every account. */
        accounts?: string[];
        /** Whether sharing is on. Default: true. */
        sharing?: boolean;
      };
      identityCenter?: {
        /**
         * Account in which users and groups of IAM Identity Center query.
         * Default: the account of the catalog.
         */
        accountId?: string;
      };
      /**
       * What a plan does where IAM_ALLOWED_PRINCIPALS keeps a grant to another
       * account from being made: `refuse` says what to do about it, `revoke`
       * makes that a step of the plan, which is shown before it is approved and
       * taken back when the last access ends. Default: `refuse`.
       */
      iamAllowedPrincipals?: 'refuse' | 'revoke';
      /**
       * LF-Tags that follow from what products say, for access by tag
       * expression. Keys that are named neither here nor by the annotation
       * `lakemesh.io/lf-tags` of a domain are never touched.
       */
      tags?: Array<{
        /** Up to 50 characters; kept in lower case. */
        key: string;
        values: string[];
        /**
         * What decides about the value: the classification of product and
         * columns, whether a column is personal data (`true`, `false`), a tag of
         * product and columns that is one of the values, or the name of the
         * domain.
         */
        from: 'classification' | 'pii' | 'tags' | 'domain';
        /** From what the product says to a value. Default: the same. */
        map?: { [said: string]: string };
        /** Reference of the one domain it holds for. Default: all. */
        domain?: string;
      }>;
      /**
       * Temporary credentials for active access to whole tables. None are given
       * out where this is left out.
       */
      vending?: {
        /**
         * Role in the account of a principal that may assume the roles of
         * principals. The credentials of the account do so themselves where
         * left out.
         */
        roleName?: string;
        /**
         * Value of the session tag `LakeFormationAuthorizedCaller`, as it stands
         * in the settings of the catalog's account. Where left out, these must
         * allow full table access by external engines.
         */
        sessionTagValue?: string;
        /** 900 to 21600. Default: 21600. */
        maxDurationSeconds?: number;
      };
      pace?: {
        /**
         * Calls a second to one account and region, from one backend process.
         * Default: 10.
         */
        requestsPerSecond?: number;
      };
      timeouts?: {
        /** To connect. Default: 3000. */
        connectionMs?: number;
        /** From request to full answer. Default: 15000. */
        requestMs?: number;
      };
      /**
       * Attempts of the AWS SDK for one call. What still fails is tried again
       * later by the worker. Default: 3.
       */
      maxAttempts?: number;
    };
  };
}
