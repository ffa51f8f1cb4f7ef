/** Glue keeps names of databases and tables in lower case. */
export const storedName = (name: string) => name.toLocaleLowerCase('en-US');
