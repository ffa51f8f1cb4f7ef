import type { HumanDuration } from '@backstage/types';

export interface Config {
  dataMesh?: {
    /**
     * Who may get access, and for how long. What stands here is the policy that
     * is built in; modules add others by the extension point of
     * `@lakemesh/backstage-plugin-data-mesh-node`.
     */
    policy?: {
      /**
       * Longest time that access may be asked for, in days. A product may set a
       * shorter one. Default: 365.
       */
      maxDurationDays?: number;
      /** What the request form proposes, in days. Default: 30. */
      defaultDurationDays?: number;
      /**
       * What data may be used for. A product may allow only some of them.
       * Default: analytics, data-science, operations, data-product, audit.
       */
      purposes?: Array<{
        /** Short and stable, like `analytics`. It is stored with requests. */
        id: string;
        /** What people read. */
        title: string;
      }>;
      /**
       * Users or groups of whom one must approve where columns marked as
       * personal data are asked for, like `group:default/privacy`. Default:
       * nobody; the owner decides alone.
       */
      stewards?: string[];
      /**
       * Users or groups who decide where nobody else can, because all approvers
       * are the requester or gone. The owner of the product's domain and
       * `dataMesh.governance` come before them.
       */
      fallbackApprovers?: string[];
      /**
       * What happens when access by tags or to all tables of a database reaches
       * personal data, what is never shared, or tables of another domain that it
       * did not reach before. `tell`: owners, stewards and those who answer for
       * it are told after a scan. Default. `suspend`: the access is taken away
       * as well, until its approvers decide in the inbox whether it goes on.
       */
      newlyReached?: 'tell' | 'suspend';
      /** Days after which a request that nobody decides lapses. Default: 30. */
      requestLapseDays?: number;
      /**
       * Seconds in which a decision made in the inbox can be undone, before it
       * takes effect. At most 60. With 0, decisions take effect at once, as those
       * of agents always do. Default: 5.
       */
      undoSeconds?: number;
      /**
       * Requests that need no person. Never holds where personal data is asked
       * for.
       */
      autoApprove?: {
        /** Products classified as `public`. Default: false. */
        publicData?: boolean;
        /**
         * Requesters who belong to the owner of the product's domain. Default:
         * false.
         */
        sameDomain?: boolean;
      };
    };
    /** AWS accounts as people know them. */
    accounts?: Array<{
      /** The 12 digits. Quote them: YAML drops leading zeros of numbers. */
      accountId: string;
      /** Shown beside principals, like `acme-lakehouse`. */
      alias: string;
    }>;
    /**
     * Users or groups that govern the whole mesh, like
     * `group:default/governance`. Powers over what others hold need this besides
     * their permission: revoking any entitlement, drift, scans, reconciling,
     * asking for principals of others. Default: nobody.
     */
    governance?: string[];
    /**
     * What each domain answers for. Only what stands here, what governance
     * decides in the portal, and annotations of trusted Domain entities make a
     * domain hold a place; a product file never does.
     */
    domains?: Array<{
      /** Reference of the domain, like `sales`. */
      domain: string;
      /**
       * Groups whose products belong to the domain, beside its owner and the
       * groups below the owner.
       */
      teams?: string[];
      /**
       * Places of the domain. The narrowest part that is named says what a
       * place is. Inside a wider place of another domain, the narrower wins.
       */
      holds?: Array<{
        /** Type of the ports that live there. Default: lake-formation. */
        system?: string;
        /**
         * AWS account, with the catalogs nested in it, or a nested catalog.
         * Quote account ids: YAML drops leading zeros of numbers.
         */
        catalogId: string;
        /** Default: every region. */
        region?: string;
        /** Databases by name; `*` stands for any characters. */
        database?: string;
        /** Tables of those databases by name; `*` stands for any characters. */
        table?: string;
        /** Values of an LF-Tag key, instead of databases and tables. */
        tag?: { key: string; values: string[] };
      }>;
    }>;
    /**
     * Locations whose entities are trusted with names and places, as patterns
     * like `url:https://github.com/acme/catalog/blob/main/*`; `*` stands for any
     * characters. An entity is of the location that the catalog keeps as its
     * `backstage.io/managed-by-origin-location`. Name the branch: other branches
     * of the same repository may be written by more people. Domain entities of
     * these locations hold the account and region of their annotations. Users,
     * groups and domains of these locations are who they say they are; of any
     * other location, the first entity that is seen under a trusted name keeps
     * it. Users and child groups from elsewhere join groups of these locations
     * only where the group lists them. Products of these locations can be
     * approved by rule without anybody having accepted them. Default: none.
     */
    trustedLocations?: string[];
    /**
     * Users or groups that see what governance sees, without governing, like
     * `group:default/auditors`: grants, scans, claims, publications, findings of
     * the doctor. With the permission `data-mesh.audit.read` they read, export
     * and verify the audit trail, as governance does. Default: nobody.
     */
    auditors?: string[];
    /** What becomes of the audit trail outside of the database. */
    audit?: {
      /** What shows that the trail was rewritten, or an older one restored. */
      checkpoints?: {
        /**
         * How often a checkpoint is taken, where anything has happened. Default:
         * 1 hour.
         */
        frequency?: HumanDuration | string;
        /**
         * Ed25519 private key in PEM that checkpoints are signed with; its
         * public part verifies them. Without it they are not signed.
         *
         * @visibility secret
         */
        signingKey?: string;
        /**
         * File that gets each checkpoint as a line of JSON. With several
         * replicas, one that all of them share.
         */
        file?: string;
        /** Bucket that gets each checkpoint as an object. */
        s3?: {
          bucket: string;
          /** Begins the keys of the objects. */
          prefix?: string;
          /** Default: that of the AWS SDK. */
          region?: string;
          /** Which of `aws.accounts` writes. */
          accountId?: string;
        };
      };
    };
    /** Who stands behind references to users and groups. */
    people?: {
      /**
       * Whether members of a group count as members of the groups above it, as
       * approvers, owners and recipients alike. Default: true.
       */
      childGroups?: boolean;
    };
    /** When people are reminded, by Backstage's notifications. */
    reminders?: {
      /**
       * How many days before access ends its consumer, and the owner of the
       * product, are reminded. Access for a short time is reminded of in its
       * last quarter. 0: never. Default: 7.
       */
      beforeEndDays?: number;
      /**
       * After how many days approvers are reminded of a request that waits for
       * them, and then again each time as many have passed. 0: never. Default:
       * 3.
       */
      waitingDays?: number;
    };
    /** How approved access is put into effect in the systems. */
    worker?: {
      /**
       * How often to look for work that nobody announced, and for what has
       * expired, in seconds. Default: 5.
       */
      pollSeconds?: number;
      /**
       * After how many seconds without a sign of life another replica takes a
       * step over. Default: 60.
       */
      leaseSeconds?: number;
      /** Steps worked on at the same time by each replica. Default: 10. */
      concurrency?: number;
      /** Attempts after which a step that might succeed fails. Default: 10. */
      maxAttempts?: number;
      /** Time between attempts: doubled each time, with jitter. */
      backoff?: {
        /** In milliseconds. Default: 1000. */
        initialMs?: number;
        /** In milliseconds. Default: 300000. */
        maxMs?: number;
      };
    };
    /** How it is found out what systems really hold. */
    scan?: {
      /** How often all systems are scanned. Default: 1 hour. */
      frequency?: HumanDuration | string;
      /** After how long a pass over all is given up. Default: 30 minutes. */
      timeout?: HumanDuration | string;
      /**
       * A scan that would add and remove more than this part of a target's
       * grants waits for a person, in percent. Default: 20.
       */
      haltAbovePercent?: number;
      /**
       * Fewer changes than this never halt a scan or an automatic repair.
       * Default: 50.
       */
      haltAboveCount?: number;
      /**
       * Entitlements looked at beyond their grants in one scan of a target.
       * Default: 50.
       */
      checksPerScan?: number;
      /**
       * After how many seconds without a sign of life another replica takes a
       * scan over. Default: 60.
       */
      leaseSeconds?: number;
    };
    /** What is done where systems hold something else than was decided. */
    drift?: {
      /**
       * What is repaired after a scan without a person. Too much at once is
       * left to a person all the same; see `scan.haltAbovePercent`.
       */
      automatic?: {
        /** What was approved and is lacking. Default: none. */
        missing?: 'reapply' | 'none';
        /** What is held and nobody approved. Default: none. */
        excess?: 'revoke' | 'none';
        /** What could not be taken back. Default: none. */
        residue?: 'revoke' | 'none';
      };
      /**
       * Entitlements begun in a minute where many are applied again. Default:
       * 60.
       */
      reapplyPerMinute?: number;
    };
  };
}
