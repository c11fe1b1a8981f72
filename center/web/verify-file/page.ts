import { createHash } from 'node:crypto';
import type { Center } from '../../base/index.ts';
import { Html, html } from '../html.ts';
import { offlineChecker } from './check.ts';
import { runPage } from './script.ts';

const WORDS = {
  title: '离线查验证书 · Verify certificates offline',
  how: '在本机核对，不联网，什么也不发出去。给出证书文件（.json），或把二维码里的全部文字贴进来。Everything is checked on this machine; nothing is sent. Give the file of a certificate (.json), or paste all that its QR code says.',
  certificate: '证书文件 · Certificate',
  lists: '状态列表（撤销、暂停；从考务中心取得）· Status lists (revoked, suspended; from the center)',
  code: '二维码文字 · Text of the QR code',
  check: '查验 · Verify',
  center: '考务中心公钥 · Key of the center',
  compare: '请核对这把公钥与考务中心公布的一致。Compare this key with the one that the center publishes.',
  shown: {
    rows: [
      ['name', '姓名 · Name'],
      ['ending', '身份证号末四位 · ID number ends in'],
      ['title', '考试 · Exam'],
      ['firm', '单位 · Firm'],
      ['passedAt', '通过日期 · Passed on'],
      ['expiresAt', '有效期至 · Valid until'],
      ['number', '编号 · Number'],
    ],
    standings: {
      valid: '真实有效 · Genuine and valid',
      unknown:
        '真实；是否已被撤销，未给出状态列表，不得而知 · Genuine; without status lists nobody knows whether it was revoked',
      expired: '真实，已过有效期 · Genuine, expired',
      suspended: '真实，成绩正在复核，暂不作数 · Genuine, suspended',
      revoked: '已被撤销 · Revoked',
    },
    reasons: {
      unreadable: '读不出：不是证书，或不完整 · This is no certificate, or not all of it',
      forged:
        '签名不对：不是这个考务中心签发的，或被改动过，或所用密钥比本文件新 · Not signed by this center, or changed since, or by a key that is newer than this file',
      'key-revoked':
        '签名所用的密钥已被撤销，请向考务中心重新取得证书 · The key that signed it was revoked: get the certificate anew',
      'key-ended': '签名时密钥不在有效期内 · Signed with a key outside of its time',
      'list-other': '状态列表不是这份证书的 · The status list is not of this certificate',
    },
    asOf: '撤销情况截至 · Status as of',
    never: '长期有效 · does not expire',
    insecure: '请先把本页存到本机，再从本机打开 · Save this page and open it from your machine first',
  },
} as const;

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#16202c;background:#fff}
label{display:block;margin:1rem 0 .3rem;font-weight:600}textarea,input{width:100%;box-sizing:border-box;font:inherit}
button{margin:1rem 0;padding:.5rem 1.5rem;font:inherit}#verdict{font-weight:700;font-size:1.15rem;min-height:1.6em}
.valid{color:#176b35}.refused,.revoked,.expired{color:#a31621}.unknown,.suspended{color:#7a5200}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1.2rem}dd{margin:0;overflow-wrap:anywhere}code{overflow-wrap:anywhere}small{color:#55606e}`;

/** Both functions as they stand: whoever runs this program runs them without their types. */
const SCRIPT = `(${runPage})((${offlineChecker})());`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing from elsewhere and nothing to anywhere: this file, opened from a disk, checks and does nothing else. */
export const VERIFY_FILE_POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`;

/** A page that checks certificates without a network, with the root of this center and what that said of its keys so far. */
export function verifyFile({ keys }: Pick<Center, 'keys'>): string {
  const held = { pinned: { root: keys.root, keys: keys.keys, revocations: keys.revocations }, words: WORDS.shown };
  const data = new Html(JSON.stringify(held).replaceAll('<', '\\u003c'));
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${VERIFY_FILE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${WORDS.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>${WORDS.title}</h1>
<p>${WORDS.how}</p>
<label for="certificate">${WORDS.certificate}</label><input id="certificate" type="file" accept=".json">
<label for="lists">${WORDS.lists}</label><input id="lists" type="file" multiple>
<label for="code">${WORDS.code}</label><textarea id="code" rows="3"></textarea>
<button id="check" type="button">${WORDS.check}</button>
<p id="verdict" role="status"></p>
<dl id="facts"></dl>
<p><small>${WORDS.center} <code>${keys.root}</code> ${WORDS.compare}</small></p>
</main>
<script type="application/json" id="held">${data}</script>
<script type="module">${new Html(SCRIPT)}</script>
</body>
</html>`.text;
}
