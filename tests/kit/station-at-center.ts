import { pino } from 'pino';
import { expect, vi } from 'vitest';
import type { TestCenter } from '../../center/testing/index.ts';
import { connect } from '../../contract/page/rpc/client.ts';
import { transportPair } from '../../contract/page/rpc/rpc.fixture.ts';
import { methods, pushes } from '../../contract/page/station-api.ts';
import type { Stage, StationView } from '../../contract/page/view.ts';
import { openStation } from '../../station/run/station.ts';

type Where = {
  readonly center: TestCenter;
  /** Where the center listens. */
  readonly url: string;
  readonly data: string;
  readonly vaultKey: Uint8Array;
};

/** A whole station at a whole center, with a page's end of the line to it. */
export async function startStation({ center, url, data, vaultKey }: Where) {
  const { enrolmentCode, centerKey } = center.secrets;
  const log = pino({ level: 'silent' });
  const station = await openStation({
    ...{ data, host: 'kiosk', centerUrl: url, enrolmentCode, centerKey, vaultKey, name: '一号考站', log },
  });
  const line = transportPair();
  const client = connect(line.page, methods, pushes);
  let view: StationView | undefined;
  client.on('view', (next) => {
    view = next;
  });
  station.terminal.attach(line.station);
  const reaches = <S extends Stage['stage']>(stage: S, more: object = {}) =>
    vi.waitFor(() => expect(view?.current).toMatchObject({ stage, ...more }), { timeout: 30_000, interval: 20 });
  const close = async (): Promise<void> => {
    line.page.close();
    await station.close();
  };
  return { client, reaches, close, seen: () => view };
}
