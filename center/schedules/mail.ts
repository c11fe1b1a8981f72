import { createTransport } from 'nodemailer';
import { Refusal } from '../../contract/words/reasons.ts';

/** A server that takes e-mail, and as whom. */
export type MailWay = {
  readonly host: string;
  readonly port: number;
  /** From the first byte on, before anything is said, or, on this machine itself, where the server offers it. */
  readonly tls: 'at-once' | 'must-begin' | 'may-begin';
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  readonly from: string;
  /** Who vouches for its certificate, beside those that Node knows. */
  readonly ca?: string | undefined;
};

export type Letter = {
  /** The same however often it is sent: a server knows it again by this. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
};

const WITHIN_MS = 20_000;
/** A server that takes long over a large letter is not silent. */
const SILENT_MS = 60_000;

/** @throws Refusal `mail-missing` where there is no server, `mail-failed` where it did not take it */
export async function sendLetter(way: MailWay | undefined, letter: Letter): Promise<void> {
  if (!way) throw new Refusal('mail-missing');
  const { host, port, tls, login, from, ca } = way;
  const isHere = tls === 'may-begin';
  const transport = createTransport({
    ...{ host, port, secure: tls === 'at-once', requireTLS: tls === 'must-begin', opportunisticTLS: isHere },
    ...(login ? { auth: login } : {}),
    tls: { ...(ca ? { ca } : {}), rejectUnauthorized: !isHere },
    ...{ connectionTimeout: WITHIN_MS, greetingTimeout: WITHIN_MS, socketTimeout: SILENT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    const { id, to, subject, text, files } = letter;
    const attachments = files.map(({ name, type, bytes }) => ({
      ...{ filename: name, contentType: type, content: Buffer.from(bytes) },
    }));
    await transport.sendMail({ messageId: `<${id}@exam-center>`, from, to, subject, text, attachments });
  } catch (error) {
    const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
    throw new Refusal('mail-failed', String(responseCode ?? code ?? 'the server did not take it'));
  } finally {
    transport.close();
  }
}
