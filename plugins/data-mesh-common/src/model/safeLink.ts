/**
 * What addresses of support and contracts may begin with: the web, mail,
 * telephone, and chats. Others, like `javascript:`, may run code.
 */
const SCHEMES = [
  'https',
  'http',
  'mailto',
  'tel',
  'slack',
  'msteams',
  'xmpp',
  'irc',
  'ircs',
  'matrix',
  'zoommtg',
  'sip',
  'sips',
];

/**
 * What an address that becomes a link looks like.
 *
 * @public
 */
export const SAFE_LINK_PATTERN = `^(${SCHEMES.join(
  '|',
)}):[^\\s\\u0000-\\u001f\\u007f]+$`;

const SAFE = new RegExp(SAFE_LINK_PATTERN, 'i');

/**
 * Whether an address may become a link. Show others as text.
 *
 * @public
 */
export function isSafeLink(address: string): boolean {
  return SAFE.test(address);
}
