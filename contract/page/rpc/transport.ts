/** A two-way stream of whole messages: text for calls, bytes for frames. */
export type Transport = {
  send(message: string | Uint8Array): void;
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** `reason` where the other end gave one. */
  onClose(listener: (reason?: string) => void): void;
  close(): void;
};
