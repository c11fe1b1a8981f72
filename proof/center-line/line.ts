import { Agent as HttpAgent } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../hash.ts';
import { keyId } from '../jws.ts';
import { type Way, wayTo } from './address.ts';
import { askOver, type Wish } from './http-ask.ts';
import { JudgedTlsAgent } from './tls-agent.ts';
import { whoAnswers } from './who-answers.ts';

/** Who says that the certificate is the center's: an authority that this machine trusts, or the center's key itself. */
export type Vouched = 'authority' | 'center-key';

export type CenterLine = {
  readonly way: Way;
  /** By whom the newest TLS connection is vouched for; nothing before the first. */
  readonly vouched: Vouched | undefined;
  /**
   * Asks for a path of this center.
   * @throws Refusal `center-plain`, `center-certificate-other`, `center-other` before anything was sent; `center-down`
   */
  ask(path: string, wish?: Wish): Promise<Response>;
};

export type LineOptions = {
  /** The center's public key, where it is known by now. */
  readonly key?: (() => PublicKey | undefined) | undefined;
  /** Whether whoever runs this has said that the way to another machine may be open for everybody to read. */
  readonly plain?: (() => boolean) | undefined;
};

/**
 * So long a certificate is the center's because its key said so; then the key is asked again, so that one that was given up, and
 * may be somebody else's by now, is not taken for ever.
 */
const SIGNED_MS = 600_000;

/**
 * A line to a center. Over TLS it takes a certificate that an authority vouches for, and else those alone that the center's key
 * has signed. Without TLS it goes to this machine only, unless `plain` says otherwise.
 */
export function openCenterLine(url: string, { key, plain = () => false }: LineOptions = {}): CenterLine {
  const way = wayTo(url);
  const signed = openSigned(url, key ?? (() => undefined));
  let vouched: Vouched | undefined;
  const agent: HttpAgent =
    way === 'tls'
      ? new JudgedTlsAgent(async (socket) => {
          vouched = socket.authorized ? 'authority' : await signed.mustHave(fingerprintOf(socket));
        })
      : new HttpAgent({ keepAlive: true });
  return {
    way,
    get vouched() {
      return vouched;
    },
    async ask(path, wish) {
      const to = new URL(path, url);
      // What a path says of another place is no path of this center.
      if (to.origin !== new URL(url).origin)
        throw new Refusal('center-refused', 'another address than that of the center');
      if (way === 'plain' && !plain()) throw new Refusal('center-plain', to.host);
      return askOver(agent, to, wish);
    },
  };
}

const fingerprintOf = (socket: TLSSocket): Sha256 => sha256(socket.getPeerX509Certificate()?.raw ?? '');

/** Certificates that the center's key has signed. */
function openSigned(url: string, keyNow: () => PublicKey | undefined) {
  let newest: { readonly key: PublicKey; readonly at: number; readonly certificates: readonly Sha256[] } | undefined;
  const ask = async (key: PublicKey): Promise<readonly Sha256[]> => {
    const answering = await whoAnswers(url);
    if (answering.key !== key) throw new Refusal('center-other', `it has the key ${keyId(answering.key)}`);
    newest = { at: performance.now(), ...answering };
    return answering.certificates;
  };
  const isKnown = (key: PublicKey, certificate: Sha256): boolean =>
    newest?.key === key && performance.now() - newest.at < SIGNED_MS && newest.certificates.includes(certificate);
  return {
    /** @throws Refusal `center-certificate-other`, `center-other`, `center-down` */
    async mustHave(certificate: Sha256): Promise<'center-key'> {
      const key = keyNow();
      if (!key)
        throw new Refusal(
          'center-certificate-other',
          'no authority vouches for it, and the key of the center is not known',
        );
      if (!isKnown(key, certificate) && !(await ask(key)).includes(certificate))
        throw new Refusal('center-certificate-other', `the center's key has not signed ${certificate.slice(0, 16)}`);
      return 'center-key';
    },
  };
}
