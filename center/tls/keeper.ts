import type { Certificate } from './certificate.ts';

/** The certificate of now, and of whenever it changes. */
export type TlsKeeper = {
  readonly current: Certificate;
  /** Told the new one; once it returns, that one is what is shown. */
  onRenewed(listener: (certificate: Certificate) => void): void;
  /** Looks whether there is another one. What cannot be taken leaves the one of now, and is told to whoever opened this. */
  look(): Promise<void>;
  stop(): void;
};

/** @param next the certificate that there is instead of this one, if there is one */
export function keepCertificate(
  first: Certificate,
  everyMs: number,
  next: (current: Certificate) => Promise<Certificate | undefined>,
  onTrouble: (error: unknown) => void,
): TlsKeeper {
  let current = first;
  const listeners: ((certificate: Certificate) => void)[] = [];
  const look = async (): Promise<void> => {
    try {
      const renewed = await next(current);
      if (!renewed || renewed.fingerprint === current.fingerprint) return;
      current = renewed;
      for (const listener of listeners) listener(renewed);
    } catch (error) {
      onTrouble(error);
    }
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    get current() {
      return current;
    },
    onRenewed: (listener) => void listeners.push(listener),
    look,
    stop: () => clearInterval(timer),
  };
}
