import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeOwnCertificate } from '../../center/tls/index.ts';
import type { Attack, Seen } from './attack.ts';
import { type Between, ownPem, roundOf, standBetween, withLine } from './line-scene.ts';

const DAY_MS = 86_400_000;

/** A certificate of whoever stands between: nobody vouches for it. */
const theirPem = (): string =>
  makeOwnCertificate({
    ...{ name: 'center', hosts: ['localhost', '127.0.0.1'] },
    ...{ from: new Date(Date.now() - DAY_MS), until: new Date(Date.now() + DAY_MS) },
  });

/** What a station says to whom it has to know first: neither a code nor anything that it signed. */
const untold = (between: Between, reason: string, code = 'no code'): Seen => {
  const heard = between.heard();
  const secret = heard.includes(code) || heard.includes('authorization');
  return secret || reason === 'ready'
    ? { outcome: 'open', said: `${reason}, and ${secret ? 'it was told' : 'it was not told'}` }
    : { outcome: 'prevented', said: reason };
};

/** On the way between a station and its center. */
export const attacksOnTheLine: readonly Attack[] = [
  {
    name: 'stands-between-at-enrolment',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'shows a certificate of their own to a station that enrols, passes on the question for the center’s key, and waits for the code',
    outcome: 'prevented',
    by: 'the station: the center’s key has signed another certificate, and before that is known nothing is said',
    told: ['center-certificate-other'],
    replay: () =>
      withLine('own', async ({ url, secrets }, data) => {
        await using between = await standBetween(url, theirPem());
        const { enrolmentCode, centerKey } = secrets;
        const reason = await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey });
        return untold(between, reason, enrolmentCode);
      }),
  },
  {
    name: 'stands-between-without-a-key',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'shows a certificate of their own to a station that was not given the center’s key',
    outcome: 'prevented',
    by: 'the station: nobody vouches for the certificate, so it says nothing and asks for the key',
    told: ['center-certificate-other'],
    replay: () =>
      withLine('own', async ({ url, secrets }, data) => {
        await using between = await standBetween(url, theirPem());
        const { enrolmentCode } = secrets;
        return untold(between, await roundOf({ data, centerUrl: between.url, enrolmentCode }), enrolmentCode);
      }),
  },
  {
    name: 'stands-between-afterwards',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'shows a certificate of their own to a station that has long enrolled',
    outcome: 'prevented',
    by: 'the station: it has the center’s key from its enrolment',
    told: ['center-certificate-other'],
    replay: () =>
      withLine('own', async ({ url, secrets }, data) => {
        const { enrolmentCode, centerKey } = secrets;
        const before = await roundOf({ data, centerUrl: url, enrolmentCode, centerKey });
        if (before !== 'ready') return { outcome: 'open', said: `it never enrolled: ${before}` };
        await using between = await standBetween(url, theirPem());
        return untold(between, await roundOf({ data, centerUrl: between.url }));
      }),
  },
  {
    name: 'certificate-of-another-center',
    about: 'line',
    attacker: 'operator of the center',
    does: 'of another center: shows a certificate that the key of that center has signed',
    outcome: 'prevented',
    by: 'the station: it is another key than the one it was given',
    told: ['center-other'],
    replay: () =>
      withLine('own', ({ secrets: { centerKey, enrolmentCode } }, data) =>
        withLine('own', async (other) => {
          await using between = await standBetween(other.url, ownPem(other));
          const reason = await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey });
          return untold(between, reason, enrolmentCode);
        }),
      ),
  },
  {
    name: 'certificate-that-was-given-up',
    about: 'line',
    attacker: 'thief of a key',
    does: 'shows the former certificate of the center, whose key was stolen, after the center has made another',
    outcome: 'prevented',
    by: 'the station: the center’s key is asked anew at each start, and every ten minutes while it runs',
    told: ['center-certificate-other'],
    replay: () => {
      let at = Date.now() - 336 * DAY_MS;
      const now = () => new Date(at);
      return withLine(
        'own',
        async (center, data) => {
          const stolen = ownPem(center);
          at = Date.now();
          await center.tls?.look();
          const { enrolmentCode, centerKey } = center.secrets;
          await using between = await standBetween(center.url, stolen);
          const reason = await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey });
          return untold(between, reason, enrolmentCode);
        },
        now,
      );
    },
  },
  {
    name: 'downgrade-to-plain-http',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'has a station that enrols ask at http:// where it could be https://',
    outcome: 'prevented',
    by: 'the station: without EXAM_STATION_PLAIN_HTTP it sends nothing over an open line to another machine, and follows nobody who sends it elsewhere',
    told: ['center-plain'],
    replay: () =>
      withLine(undefined, async ({ url, secrets }, data) => {
        await using between = await standBetween(url, undefined);
        const { enrolmentCode, centerKey } = secrets;
        const reason = await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey });
        return between.heard() === ''
          ? untold(between, reason, enrolmentCode)
          : { outcome: 'open', said: `${reason}, and it was asked` };
      }),
  },
  {
    name: 'code-read-on-a-plain-line',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'reads the code on a line that an administrator said may be plain, though the station has asked for the center’s key',
    outcome: 'open',
    by: 'nothing on such a line: the question for the key is passed on. Readiness says each minute that it is open; TLS closes it',
    replay: () =>
      withLine(undefined, async ({ url, secrets }, data) => {
        await using between = await standBetween(url, undefined);
        const { enrolmentCode, centerKey } = secrets;
        const reason = await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey, plainHttp: true });
        return untold(between, reason, enrolmentCode);
      }),
  },
  {
    name: 'authority-of-the-machine',
    about: 'line',
    attacker: 'somebody on the line',
    does: 'has an authority that the machine trusts vouch for a certificate of theirs, stands between and reads the code',
    outcome: 'open',
    by: 'nothing: what an authority vouches for is taken as usual, and whoever it vouches for reads what passes. They change nothing that center or station sign. It would take a center that says in what it signs that no other certificate is its own',
    replay: () =>
      withLine('own', async ({ url, secrets }, data) => {
        const pem = theirPem();
        const before = getCACertificates('default');
        await using between = await standBetween(url, pem);
        setDefaultCACertificates([...before, pem]);
        try {
          const { enrolmentCode, centerKey } = secrets;
          return untold(
            between,
            await roundOf({ data, centerUrl: between.url, enrolmentCode, centerKey }),
            enrolmentCode,
          );
        } finally {
          setDefaultCACertificates(before);
        }
      }),
  },
];
