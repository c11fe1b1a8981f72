import { createHash } from 'node:crypto';
import type { Center } from '../../base/index.ts';
import { Html, html } from '../html.ts';
import { offlineChecker } from './check.ts';
import { runPage } from './script.ts';
import { VERIFY_WORDS as WORDS } from './words.ts';

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
