import { isIPv4 } from 'node:net';

/** What stands between here and an address: TLS, the inside of this machine, or a network that anybody may read along. */
export type Way = 'tls' | 'this-machine' | 'plain';

/** @throws TypeError where it is no address */
export function wayTo(url: string): Way {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return 'tls';
  return isThisMachine(hostname) ? 'this-machine' : 'plain';
}

/** A name that a server of names answers for is another machine's, whatever it answers. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
