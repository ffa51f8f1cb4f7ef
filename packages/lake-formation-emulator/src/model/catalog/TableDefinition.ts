export interface Column {
  Name: string;
  Type?: string;
  Comment?: string;
  Parameters?: Record<string, string>;
}

/** Glue's TableInput as far as the emulator reads it; the rest is carried along. */
export interface TableDefinition {
  StorageDescriptor?: {
    Columns?: Column[];
    Location?: string;
    [member: string]: unknown;
  };
  PartitionKeys?: Column[];
  [member: string]: unknown;
}
