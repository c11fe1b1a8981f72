/**
 * What lies on the pipe between the kiosk's shell and its station: packets one after the other, little endian.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 1 | kind, by its place in {@link KINDS} |
 * | 1 | 4 | page: which window's page it is of, counted from 1; 0 where it is of none (uint32) |
 * | 5 | 4 | length of what follows, in bytes (uint32) |
 * | 9 | length | UTF-8 text, or bytes as they are |
 *
 * Not structured clones: the two ends are programs of two JavaScript engines, and a camera frame should cross with the
 * one copy that a pipe takes.
 */
const KINDS = ['shell', 'open', 'text', 'bytes', 'close'] as const;

export type Packet =
  /** A `ShellMessage` one way, a `StationMessage` the other, as JSON. */
  | { readonly kind: 'shell'; readonly text: string }
  /** A page has come. */
  | { readonly kind: 'open'; readonly page: number }
  | { readonly kind: 'text'; readonly page: number; readonly text: string }
  | { readonly kind: 'bytes'; readonly page: number; readonly bytes: Uint8Array }
  /** A page has gone, or is sent away. */
  | { readonly kind: 'close'; readonly page: number };

const HEADER_BYTES = 9;
/** Four times the largest frame: what claims to be longer is no packet. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The parts of a packet, to be written one after the other: what is large is not copied behind its header. */
export function encodePacket(packet: Packet): readonly Uint8Array[] {
  const payload = payloadOf(packet);
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint8(0, KINDS.indexOf(packet.kind));
  view.setUint32(1, 'page' in packet ? packet.page : 0, true);
  view.setUint32(5, payload.byteLength, true);
  return payload.byteLength > 0 ? [header, payload] : [header];
}

const NOTHING = new Uint8Array();

function payloadOf(packet: Packet): Uint8Array {
  if ('text' in packet) return new TextEncoder().encode(packet.text);
  return 'bytes' in packet ? packet.bytes : NOTHING;
}

/**
 * Takes what comes out of the pipe in pieces of any size, and hands on whole packets.
 * @returns takes the next piece. @throws Error where it is no packet: the pipe cannot be used any more
 */
export function openDecoder(onPacket: (packet: Packet) => void): (piece: Uint8Array) => void {
  let header = new Uint8Array(HEADER_BYTES);
  let payload: Uint8Array | undefined;
  let filled = 0;

  return (piece) => {
    for (let at = 0; at < piece.byteLength; ) {
      const target = payload ?? header;
      const part = piece.subarray(at, at + target.byteLength - filled);
      target.set(part, filled);
      filled += part.byteLength;
      at += part.byteLength;
      if (filled < target.byteLength) return;
      filled = 0;
      if (!payload) payload = new Uint8Array(lengthIn(header));
      if (payload !== target && payload.byteLength > 0) continue;
      const packet = packetOf(header, payload);
      [header, payload] = [new Uint8Array(HEADER_BYTES), undefined];
      onPacket(packet);
    }
  };
}

function lengthIn(header: Uint8Array): number {
  const length = new DataView(header.buffer).getUint32(5, true);
  if (length > MAX_BYTES) throw new Error(`a packet of ${length} bytes`);
  return length;
}

function packetOf(header: Uint8Array, payload: Uint8Array): Packet {
  const kind = KINDS[header[0] ?? KINDS.length];
  const page = new DataView(header.buffer).getUint32(1, true);
  switch (kind) {
    case 'shell':
      return { kind, text: textOf(payload) };
    case 'text':
      return { kind, page, text: textOf(payload) };
    case 'bytes':
      return { kind, page, bytes: payload };
    case 'open':
    case 'close':
      return { kind, page };
    default:
      throw new Error(`a packet of kind ${header[0]}`);
  }
}

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
