import { join } from 'node:path';
import { CameraNames } from '../../contract/cameras.ts';
import type { StartMessage } from '../../contract/kiosk-messages.ts';
import { PublicKey } from '../../contract/proof/jws.ts';
import { SeatLabel } from '../../contract/seat-label.ts';

/** What the surroundings decide: the variables `exam-station start` sets, and what was asked for by name. */
export type Settings = {
  /** Full screen, locked, and closed with a proctor's word only. */
  readonly locked: boolean;
  readonly station: Omit<StartMessage, 'kind' | 'vaultKey'>;
};

const CENTER_ON_THIS_MACHINE = 'http://127.0.0.1:8480';

/** Asks for a window to try things in. It says on the screen that it is not for exams. */
export const UNLOCKED = 'unlocked';

/**
 * Locked, unless an unlocked window is asked for by name on the command line: no variable that lies around opens it.
 * @throws Error where the center's address is none: a station would start again and again without telling anybody why
 */
export function readSettings(
  env: NodeJS.ProcessEnv,
  where: { readonly userData: string; readonly unlocked: boolean },
): Settings {
  const {
    EXAM_STATION_DATA_DIR: data,
    EXAM_CENTER_URL: centerUrl,
    EXAM_STATION_CODE: code,
    EXAM_CENTER_KEY: centerKey,
    EXAM_STATION_NAME: name,
    EXAM_STATION_CAMERAS: cameras,
    EXAM_STATION_SEAT: seat,
    EXAM_STATION_RELAY: relay,
    EXAM_STATION_READER: reader,
    EXAM_STATION_RECORDED_FEEDS: recordedFeeds,
  } = env;
  const isWeb = /^https?:$/.test(URL.parse(centerUrl || CENTER_ON_THIS_MACHINE)?.protocol ?? '');
  if (!isWeb) throw new Error(`EXAM_CENTER_URL is not a web address: ${centerUrl}`);
  return {
    locked: !where.unlocked,
    station: {
      host: where.unlocked ? 'kiosk-unlocked' : 'kiosk',
      data: data || join(where.userData, 'station'),
      centerUrl: centerUrl || CENTER_ON_THIS_MACHINE,
      ...(code ? { enrolmentCode: code } : {}),
      ...(centerKey ? { centerKey: PublicKey.parse(centerKey) } : {}),
      ...(name ? { name } : {}),
      ...(relay ? { relay } : {}),
      ...(reader ? { reader } : {}),
      ...(recordedFeeds === '1' ? { recordedFeeds: true } : {}),
      ...(seat ? { seat: SeatLabel.parse(seat) } : {}),
      ...(cameras ? { cameras: CameraNames.parse(cameras) } : {}),
    },
  };
}
