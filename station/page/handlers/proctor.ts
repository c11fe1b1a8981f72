import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { guestOf } from '../../core/sitting/index.ts';
import type { EvidenceStore } from '../../keep/evidence/index.ts';
import { otherStations } from '../../moving/index.ts';
import { actHere, authorised, orIncident, type Proctoring } from '../../steps/index.ts';
import { type Judging, pictureOfIncident } from '../../watch/index.ts';
import type { BadgeWait } from '../badge-wait.ts';

export type ProctorParts = Proctoring &
  Pick<Judging, 'thresholds'> & { readonly badges: BadgeWait; readonly evidence: EvidenceStore };

type Asked = 'proctor.act' | 'proctor.badge' | 'proctor.badge-stop' | 'proctor.scores' | 'proctor.picture' | 'stations';

/** What a proctor does and sees here. */
export function proctorHandlers(parts: ProctorParts): Pick<Handlers<Methods>, Asked> {
  const { seat, badges, turnedAway } = parts;
  const whose = () => (seat.current ? guestOf(seat.current) : turnedAway.current?.grant?.tenantId);
  return {
    'proctor.act': async (asked) => {
      await actHere(parts, asked);
      return {};
    },
    'proctor.badge': async () => ({ pin: await orIncident(parts, 'badge-unknown', badges.wait) }),
    'proctor.badge-stop': () => {
      badges.stop();
      return {};
    },
    stations: () => ({ stations: otherStations(parts, whose()).map(({ id, name }) => ({ id, name })) }),
    'proctor.scores': async ({ pin }) => {
      await authorised(parts, pin, guestOf(seat.current));
      const { similarity, live } = seat.taken().lastCapture ?? {};
      const { accept, refuseBelow, live: liveAt } = parts.thresholds;
      return {
        ...(similarity === undefined ? {} : { similarity }),
        ...(live === undefined ? {} : { live }),
        thresholds: { accept, refuseBelow, live: liveAt },
      };
    },
    'proctor.picture': async ({ pin, incidentId }) => {
      await authorised(parts, pin, guestOf(seat.current));
      return { base64: Buffer.from(pictureOfIncident(parts, incidentId)).toString('base64') };
    },
  };
}
