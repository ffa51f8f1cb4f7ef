export interface Config {
  dataMesh?: {
    catalog?: {
      /**
       * Directory of catalog files that templates publish to and the catalog
       * reads, for instances without a git host. Relative to the working
       * directory of the backend. Several replicas must see the same files.
       */
      directory?: string;
      /**
       * Kinds that files in the directory may hold. Default: Domain, Group,
       * System, DataProduct.
       */
      allow?: string[];
    };
  };
}
