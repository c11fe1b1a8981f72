import { join } from 'node:path';
import { CameraNames } from '../contract/cameras.ts';
import type { StartMessage } from '../contract/kiosk-messages.ts';
import { PublicKey } from '../contract/proof/jws.ts';
import { SeatLabel } from '../contract/seat-label.ts';

/** What the surroundings decide: the variables `exam-station start` sets, and whether this is an installed kiosk. */
export type Settings = {
  /** Full screen, locked, and closed by the operating system only. */
  readonly locked: boolean;
  readonly station: Omit<StartMessage, 'kind' | 'vaultKey'>;
};

const CENTER_ON_THIS_MACHINE = 'http://127.0.0.1:8480';

/**
 * An installed kiosk is always locked: no variable opens it. In a checkout, EXAM_STATION_KIOSK=1 shows how it would be.
 * @throws Error where the center's address is none: a station would start again and again without telling anybody why
 */
export function readSettings(
  env: NodeJS.ProcessEnv,
  where: { readonly userData: string; readonly packaged: boolean },
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
  } = env;
  const isWeb = /^https?:$/.test(URL.parse(centerUrl || CENTER_ON_THIS_MACHINE)?.protocol ?? '');
  if (!isWeb) throw new Error(`EXAM_CENTER_URL is not a web address: ${centerUrl}`);
  return {
    locked: where.packaged || env.EXAM_STATION_KIOSK === '1',
    station: {
      data: data || join(where.userData, 'station'),
      centerUrl: centerUrl || CENTER_ON_THIS_MACHINE,
      ...(code ? { enrolmentCode: code } : {}),
      ...(centerKey ? { centerKey: PublicKey.parse(centerKey) } : {}),
      ...(name ? { name } : {}),
      ...(relay ? { relay } : {}),
      ...(seat ? { seat: SeatLabel.parse(seat) } : {}),
      ...(cameras ? { cameras: CameraNames.parse(cameras) } : {}),
    },
  };
}
