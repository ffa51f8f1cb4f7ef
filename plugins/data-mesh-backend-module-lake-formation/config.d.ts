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
        /** Shown beside the last four digits. */
        alias?: string;
        /** Region of ports that name none. */
        region?: string;
      }>;
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
