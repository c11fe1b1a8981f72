import { once } from 'node:events';
import WebSocket from 'ws';
import { FRAME_HEADER_BYTES, type Frame, writeFrameHeader } from '../../contract/page/frame.ts';
import { connect, type RpcClient } from '../../contract/page/rpc/client.ts';
import { type SocketLike, socketTransport } from '../../contract/page/rpc/web-socket.ts';
import { type Methods, methods, type Pushes, pushes } from '../../contract/page/station-api.ts';
import type { Stage } from '../../contract/page/view.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** A page without a screen: the same calls over the same wire as the one in the browser. */
export type HeadlessPage = {
  readonly call: RpcClient<Methods, Pushes>['call'];
  /** Why the station closed the line, where it was the station: nothing is tortured then. */
  readonly refused: string | undefined;
  /** Says who they are, does one thing, and goes: a proctor. */
  act(pin: string, action: ProctorAction): Promise<void>;
  /** What the station says is to be seen now, once it has said so. @throws Refusal `station-gone` */
  stage(): Promise<Stage>;
  /** The next thing it says that is none of these. @throws Refusal `station-gone` */
  stageAfter(...before: readonly Stage['stage'][]): Promise<Stage>;
  /** What the station has said of how it is, in bytes. */
  readonly viewBytes: number;
  /** Settles once the line is closed at both ends: until then the next page is a second one. */
  close(): Promise<void>;
};

/** What its camera sees, where it has one: the next picture, as RGBA. */
export type HeadlessCamera = () => Pick<Frame, 'width' | 'height' | 'pixels'>;

const CLOSED_BY_STATION = 4001;
/** How the station's word on how it is begins on the wire. */
const VIEW = '{"event":"view"';

/** @param url the station's, with the token of its launch */
export async function openPage(url: string, camera?: HeadlessCamera): Promise<HeadlessPage> {
  const { origin, host, hash } = new URL(url);
  const socket = new WebSocket(`ws://${host}/`, ['exam-station', hash.slice(1)], { origin });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // A station that is killed resets the line: that is the point here.
  socket.on('error', () => undefined);
  const client = connect(socketTransport(socket as SocketLike), methods, pushes);
  let newest: Stage | undefined;
  let waiting: { readonly fits: (stage: Stage) => boolean; readonly settle: PromiseWithResolvers<Stage> }[] = [];
  let gone = false;
  let refused: string | undefined;
  let viewBytes = 0;
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary && data.toString('utf8', 0, VIEW.length) === VIEW) viewBytes += data.length;
  });
  socket.on('close', (code, reason) => {
    if (code === CLOSED_BY_STATION) refused = reason.toString();
  });
  client.on('view', ({ current }) => {
    newest = current;
    for (const { fits, settle } of waiting) if (fits(current)) settle.resolve(current);
    waiting = waiting.filter(({ fits }) => !fits(current));
  });
  if (camera) {
    client.on('frame-wanted', ({ ticket }) => client.sendBytes(frameOf(ticket, camera())));
    await client.call('camera.report', { state: 'live', label: 'headless' });
  }
  client.onClose(() => {
    gone = true;
    for (const { settle } of waiting) settle.reject(new Refusal('station-gone'));
  });
  const until = (fits: (stage: Stage) => boolean): Promise<Stage> => {
    if (newest && fits(newest)) return Promise.resolve(newest);
    if (gone) return Promise.reject(new Refusal('station-gone'));
    const settle = Promise.withResolvers<Stage>();
    waiting.push({ fits, settle });
    return settle.promise;
  };
  return {
    call: client.call,
    async act(pin, action) {
      const { desk } = await client.call('proctor.open', { pin, about: 'seat' });
      await client.call('proctor.act', { desk, action });
      await client.call('proctor.close', { desk });
    },
    get refused() {
      return refused;
    },
    get viewBytes() {
      return viewBytes;
    },
    stage: () => until(() => true),
    stageAfter: (...before) => until(({ stage }) => !before.includes(stage)),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function frameOf(ticket: number, { width, height, pixels }: ReturnType<HeadlessCamera>): Uint8Array {
  const message = new Uint8Array(FRAME_HEADER_BYTES + pixels.length);
  writeFrameHeader(message, { ticket, width, height, sequence: ticket, capturedAt: performance.now() });
  message.set(pixels, FRAME_HEADER_BYTES);
  return message;
}
