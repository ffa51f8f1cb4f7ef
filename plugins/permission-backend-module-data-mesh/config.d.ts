export interface Config {
  dataMesh?: {
    /** For the permission policy of Lakemesh, where it is added as a module. */
    permissionPolicy?: {
      /**
       * What becomes of permissions that are not about access to data or the
       * catalog entities it rests on. Default: allow, as Backstage's own policy
       * does.
       */
      otherPermissions?: 'allow' | 'deny';
    };
  };
}
