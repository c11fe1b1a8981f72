import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { Provisioning } from '../../provision/index.ts';
import type { StationReadiness } from '../../readiness/index.ts';

export type TerminalParts = {
  readonly readiness: StationReadiness;
  /** Where this terminal can be set up on its screen. */
  readonly provisioning?: Provisioning | undefined;
};

type Asked = 'readiness.check' | 'provision.enter' | 'provision.test' | 'provision';

/** What an administrator asks of the terminal itself. */
export function terminalHandlers({ readiness, provisioning }: TerminalParts): Pick<Handlers<Methods>, Asked> {
  const desk = (): Provisioning => {
    if (!provisioning) throw new Refusal('not-allowed-now', 'this terminal is not set up here');
    return provisioning;
  };
  return {
    'readiness.check': async () => {
      await readiness.check(true);
      return {};
    },
    'provision.enter': ({ pin }) => desk().enter(pin),
    'provision.test': ({ pass, center, centerKey }) => desk().test(pass, center, centerKey),
    provision: ({ pass, wish }) => desk().provision(pass, wish),
  };
}
