const ARN_MEMBERS = [
  'ResourceArn',
  'RoleArn',
  'TableArn',
  'PolicySourceArn',
  'resourceShareArn',
  'resourceShareInvitationArn',
];

/** Every resource an input names, in the ways a person would name it. */
export function resourceNames(input: unknown): Set<string> {
  const names = new Set<string>();
  const add = (...texts: unknown[]) => {
    if (texts.every(text => typeof text === 'string')) {
      names.add(texts.join('.'));
    }
  };
  function walk(value: unknown) {
    if (typeof value !== 'object' || value === null) return;
    const found = value as Record<string, unknown>;
    add(found.DatabaseName);
    add(found.Name);
    add(found.TableName);
    add(found.DatabaseName, found.Name);
    add(found.DatabaseName, found.TableName);
    add(found.TableName);
    add(found.DatabaseName, found.TableName);
    add(found.TagKey);
    for (const member of ARN_MEMBERS) add(found[member]);
    const tableInput = found.TableInput as Record<string, unknown> | undefined;
    if (tableInput) add(found.DatabaseName, tableInput.Name);
    Object.values(found).forEach(walk);
  }
  walk(input);
  return names;
}
