/** A station that changes its key, and is killed at one point of it: what `key-change.test.ts` starts. */
import { openChangeKey } from '../station/center-link/change-key.ts';
import { silentLog, startStation, wallClock } from './attacks/station-at-center.ts';

const [data = '', url = '', point = ''] = process.argv.slice(2);
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('it is dead');
};
const station = startStation(data, url, wallClock());
const { client, identity } = station;
const { keyChange } = identity;
await openChangeKey({
  ...station,
  client: {
    async changeKey(next) {
      if (point === 'begun') die();
      const reply = await client.changeKey(next);
      if (point === 'vouched') die();
      return reply;
    },
  },
  identity: {
    enrolment: identity.enrolment,
    signer: identity.signer,
    keyChange: {
      ...{ wished: keyChange.wished, next: keyChange.next, begin: keyChange.begin },
      finish(reply, now) {
        keyChange.finish(reply, now);
        die();
      },
    },
  },
  busy: () => false,
  log: silentLog,
})();
