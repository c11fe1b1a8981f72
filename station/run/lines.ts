import type { Logger } from 'pino';
import { CENTER_ON_THIS_MACHINE } from '../../contract/shell/settings.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { type CenterLine, type LineOptions, openCenterLine } from '../../proof/center-line/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { LineFacts } from '../readiness/index.ts';

export type LineParts = {
  readonly centerUrl?: string | undefined;
  readonly centerKey?: PublicKey | undefined;
  readonly plainHttp?: boolean | undefined;
  readonly identity: Pick<StationIdentity, 'enrolment'>;
  readonly log: Logger;
};

export type Lines = {
  readonly center: CenterLine;
  /** A line of its own, so that the center does not know who asks for its log. */
  readonly ofLog: CenterLine;
  facts(): LineFacts;
};

/**
 * The lines of a station to its center. A station that enrolled over a plain one before that had to be said goes on with a
 * warning: whoever updates a room must not find it silent. A new one is not begun like that.
 */
export function openLines({ centerUrl, centerKey, plainHttp = false, identity, log }: LineParts): Lines {
  const url = centerUrl ?? CENTER_ON_THIS_MACHINE;
  const options: LineOptions = {
    key: () => identity.enrolment?.centerKey ?? centerKey,
    plain: () => plainHttp || identity.enrolment !== undefined,
  };
  const [center, ofLog] = [openCenterLine(url, options), openCenterLine(url, options)];
  if (center.way === 'plain')
    log.warn(
      { center: url, reason: plainHttp ? 'center-plain-allowed' : 'center-plain' },
      'the way to the center is open',
    );
  return {
    ...{ center, ofLog },
    facts: () => ({ way: center.way, vouched: center.vouched, allowed: plainHttp }),
  };
}
