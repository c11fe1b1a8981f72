import { BlockList, isIP } from 'node:net';

type Limits = {
  /** Connections at once that one address may hold. */
  readonly ofOneAddress: number;
  /** Addresses, and networks such as `10.0.0.0/8`, that may hold any number. */
  readonly proxies: readonly string[];
};

export type HeldConnections = {
  /** @returns whether it may be held; one that may not is not counted, and not closed here either */
  open(address: string): boolean;
  close(address: string): void;
};

/** How many connections each address holds. This very machine, and whatever stands before the center, may hold any number. */
export function holdConnections({ ofOneAddress, proxies }: Limits): HeldConnections {
  const unbounded = listOf(['127.0.0.0/8', '::1', ...proxies]);
  const held = new Map<string, number>();
  return {
    open(address) {
      const count = (held.get(address) ?? 0) + 1;
      if (count > ofOneAddress && !has(unbounded, address)) return false;
      held.set(address, count);
      return true;
    },
    close(address) {
      const left = (held.get(address) ?? 1) - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    },
  };
}

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of addresses) {
    const [address = '', bits] = one.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const has = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, familyOf(address));

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
