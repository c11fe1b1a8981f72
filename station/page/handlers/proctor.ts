import type { SeenFace } from '../../../contract/page/proctor-desk.ts';
import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { guestOf } from '../../core/sitting/index.ts';
import { type EvidenceStore, toJpeg } from '../../keep/evidence/index.ts';
import { otherStations } from '../../moving/index.ts';
import { actHere, openDesk, orIncident, type Proctoring } from '../../steps/index.ts';
import { type Judging, pictureOfIncident, type Watching } from '../../watch/index.ts';
import type { BadgeWait } from '../badge-wait.ts';
import { dossierOf, photosHere } from '../dossier.ts';
import type { LastChip } from '../last-chip.ts';

export type ProctorParts = Proctoring &
  Pick<Judging, 'thresholds'> &
  Pick<Watching, 'snapshots'> & {
    readonly badges: BadgeWait;
    readonly evidence: EvidenceStore;
    readonly chip: LastChip;
  };

type Asked = Extract<keyof Methods, `proctor.${string}`> | 'stations';

/** What a proctor does and sees here. */
export function proctorHandlers(parts: ProctorParts): Pick<Handlers<Methods>, Asked> {
  const { seat, badges, turnedAway, desks } = parts;
  const whose = () => (seat.current ? guestOf(seat.current) : turnedAway.current?.grant?.tenantId);
  return {
    'proctor.open': async ({ pin, about }) => {
      const { id: desk, proctor } = await openDesk(parts, pin, about);
      return { desk, name: proctor.name };
    },
    'proctor.dossier': ({ desk }) => (desks.at(desk).about === 'seat' ? dossierOf(parts) : {}),
    'proctor.touch': ({ desk }) => {
      desks.at(desk);
      return {};
    },
    'proctor.close': ({ desk }) => {
      desks.close(desk);
      return {};
    },
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
    'proctor.picture': ({ desk, incidentId }) => {
      desks.at(desk);
      return { base64: inBase64(pictureOfIncident(parts, incidentId)) };
    },
    'proctor.look': async ({ desk }) => ({ faces: desks.at(desk).about === 'seat' ? await facesHere(parts) : [] }),
    'proctor.photos': ({ desk }) => ({
      base64: desks.at(desk).about === 'seat' ? photosHere(parts).map(inBase64) : [],
    }),
  };
}

/** Encoded when somebody asks for them, and not before. */
function facesHere({ seat, snapshots }: ProctorParts): Promise<readonly SeenFace[]> {
  const shown = seat.current ? snapshots.of(seat.current.id) : [];
  return Promise.all(shown.map(async ({ picture, ...rest }) => ({ ...rest, base64: inBase64(await toJpeg(picture)) })));
}

const inBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
