import type { PublicKey } from '../contract/words/keys.ts';

const P = 2n ** 255n - 19n;
const SIGN = 2n ** 255n;

const mod = (n: bigint): bigint => ((n % P) + P) % P;

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

/** Of edwards25519: -x² + y² = 1 + d x² y² (RFC 8032 5.1). */
const D = mod(-121_665n * power(121_666n, P - 2n));

/** y of the points of order 1, 2, 4 and 8: anybody can make signatures that hold for them, and secrets sealed for them are known. */
const Y_OF_ORDER_8 = [
  ...[0n, 1n, P - 1n],
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];

/** Whether these are the bytes of no key that somebody can have alone: no point of the curve, written in two ways, or of small order. */
export function isWeakKey(key: PublicKey): boolean {
  const bytes = Buffer.from(key, 'base64url').reverse();
  const y = BigInt(`0x${bytes.toString('hex')}`) % SIGN;
  if (y >= P || Y_OF_ORDER_8.includes(y)) return true;
  const square = mod(y * y);
  // x² = u / v has a root where u v has one.
  return power((square - 1n) * (D * square + 1n), (P - 1n) / 2n) !== 1n;
}
