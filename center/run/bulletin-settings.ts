import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import type { BulletinWays, MailWay } from '../schedules/index.ts';

/**
 * Where bulletins that come by themselves can go, beside a data folder.
 * @throws Error with a sentence for the person who typed it
 */
export const readBulletins = (env: NodeJS.ProcessEnv, data: string): BulletinWays => ({
  folder: readBulletinFolder(env.EXAM_CENTER_BULLETINS ?? '', data),
  mail: readMail(env),
});

/** Whether it is there is seen when something is put there: a share may come later. */
function readBulletinFolder(text: string, data: string): string | undefined {
  if (text === '') return undefined;
  const [folder, inner] = [resolve(text), resolve(data)];
  const isInside = (one: string, other: string): boolean => !/^\.\.(?:[/\\]|$)/.test(relative(other, one));
  if (isInside(folder, inner) || isInside(inner, folder))
    throw new Error(`EXAM_CENTER_BULLETINS is ${text}: it takes a folder outside of the data folder, ${data}`);
  return folder;
}

function readMail(env: NodeJS.ProcessEnv): MailWay | undefined {
  const { EXAM_CENTER_SMTP_URL: text = '', EXAM_CENTER_SMTP_FROM: from = '' } = env;
  const file = env.EXAM_CENTER_SMTP_PASSWORD_FILE || undefined;
  if (text === '') {
    if (from || file) throw new Error('EXAM_CENTER_SMTP_… go with EXAM_CENTER_SMTP_URL');
    return undefined;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || url.search || url.hash || url.pathname.length > 1)
    throw new Error(
      'EXAM_CENTER_SMTP_URL takes smtps://HOST or smtp://HOST, with USER@ and :PORT where they are needed',
    );
  if (url.password)
    throw new Error('EXAM_CENTER_SMTP_URL takes no password: EXAM_CENTER_SMTP_PASSWORD_FILE names its file');
  if (!z.email().safeParse(from).success)
    throw new Error('EXAM_CENTER_SMTP_FROM takes the address that e-mail comes from');
  if (Boolean(url.username) !== Boolean(file))
    throw new Error('EXAM_CENTER_SMTP_PASSWORD_FILE goes with a USER@ in EXAM_CENTER_SMTP_URL');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const login = file ? { user: decodeURIComponent(url.username), pass: readFileSync(file, 'utf8').trim() } : undefined;
  const isHere = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
  const tls = url.protocol === 'smtps:' ? 'at-once' : isHere ? 'may-begin' : 'must-begin';
  return { host, port: Number(url.port) || (tls === 'at-once' ? SMTPS_PORT : SMTP_PORT), tls, login, from };
}
const SMTPS_PORT = 465;
const SMTP_PORT = 587;
