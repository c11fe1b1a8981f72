import { manifest12, manifest2004 } from '../../authoring/courses/manifest.fixture.ts';
import { zipOf } from '../../courseware/package.fixture.ts';

/** Looks for the interface as packages do: from window to window, up to the top. */
const FIND = `function find(name) {
  var w = window;
  while (w[name] == null && w.parent != null && w.parent != w) w = w.parent;
  return w[name];
}`;

const page = (
  script: string,
): string => `<!doctype html><html><head><meta charset="utf-8"><title>课件</title></head><body>
<p>第 <b id="page"></b> 页</p><p id="entry"></p><p id="name"></p>
<button id="next">下一页</button> <button id="finish">完成</button>
<pre id="found"></pre><iframe id="inner" src="inner.html" width="20" height="20"></iframe>
<script src="js/unit.js"></script><script>${script}</script></body></html>`;

const UNIT = `${FIND}
function show(at, entry, name) {
  document.getElementById('page').textContent = at;
  document.getElementById('entry').textContent = entry;
  document.getElementById('name').textContent = name;
}
document.documentElement.dataset.loaded = 'yes';`;

/** Pages that are turned; where it is is kept as it is left, as most packages do. */
const SCRIPT_12 = `
var api = find('API');
api.LMSInitialize('');
var at = Number(api.LMSGetValue('cmi.core.lesson_location') || 1);
show(at, api.LMSGetValue('cmi.core.entry') + ':' + api.LMSGetValue('cmi.suspend_data'), api.LMSGetValue('cmi.core.student_name'));
document.getElementById('next').onclick = function () { at += 1; show(at, '', ''); };
document.getElementById('finish').onclick = function () {
  api.LMSSetValue('cmi.core.score.raw', '90');
  api.LMSSetValue('cmi.core.lesson_status', 'completed');
  api.LMSCommit('');
};
window.addEventListener('unload', function () {
  api.LMSSetValue('cmi.core.lesson_location', String(at));
  api.LMSSetValue('cmi.suspend_data', 'seen=' + at);
  api.LMSSetValue('cmi.core.exit', 'suspend');
  api.LMSFinish('');
});`;

/** Tries every way out that it can think of, and writes down what came of it. */
const SCRIPT_2004 = `
var api = find('API_1484_11');
api.Initialize('');
show(1, api.GetValue('cmi.entry'), api.GetValue('cmi.learner_name'));
var found = {};
function tries(name, what) { try { found[name] = String(what()); } catch (error) { found[name] = 'refused'; } }
async function triesLater(name, what) { try { found[name] = String(await what()); } catch (error) { found[name] = 'refused'; } }
tries('top', function () { return top.document.title; });
tries('station', function () { return parent.parent === parent ? 'none' : parent.parent.document.title; });
tries('window', function () { return window.open('/inner.html'); });
tries('dialog', function () { return confirm('?'); });
tries('camera', function () { return navigator.mediaDevices ? 'asked' : 'none'; });
tries('away', function () { top.location = 'about:blank#away'; return 'said'; });
tries('message', function () { top.postMessage({ kind: 'said', said: { status: 'passed' }, state: { location: '', suspendData: '' }, over: false }, '*'); return 'sent'; });
function calls(iceServers) {
  var line = new RTCPeerConnection({ iceServers: iceServers });
  var ways = [];
  line.createDataChannel('a');
  line.onicecandidate = function (event) { if (event.candidate) ways.push(event.candidate.type); };
  return line.createOffer().then(function (offer) { return line.setLocalDescription(offer); })
    .then(function () { return new Promise(function (done) { setTimeout(done, 3000); }); })
    .then(function () { return ways.join() || 'no way'; });
}
var form = document.createElement('form');
document.body.append(Object.assign(document.createElement('iframe'), { name: 'lost' }));
form.action = 'http://' + ELSEWHERE + '/form'; form.method = 'post'; form.target = 'lost'; document.body.append(form);
tries('form', function () { form.submit(); return 'sent'; });
document.body.append(Object.assign(document.createElement('iframe'), { id: 'outside', src: 'http://' + ELSEWHERE + '/frame' }));
document.body.append(Object.assign(document.createElement('img'), { src: 'http://' + ELSEWHERE + '/picture' }));
Promise.all([
  triesLater('fetch', function () { return fetch('http://' + ELSEWHERE + '/fetch', { mode: 'no-cors' }).then(function () { return 'reached'; }); }),
  triesLater('own', function () { return fetch('inner.html').then(function (r) { return r.status; }); }),
  triesLater('socket', function () { return new Promise(function (done) { var s = new WebSocket('ws://' + ELSEWHERE + '/'); s.onopen = function () { done('open'); }; s.onerror = function () { done('refused'); }; }); }),
  triesLater('eyes', function () { return navigator.mediaDevices.getUserMedia({ video: true }).then(function () { return 'seen'; }); }),
  triesLater('worker', function () { return navigator.serviceWorker.register('js/unit.js').then(function () { return 'registered'; }); }),
  triesLater('full', function () { return document.documentElement.requestFullscreen().then(function () { return 'full'; }); }),
  triesLater('calls', function () { return calls([{ urls: 'stun:' + ELSEWHERE }, { urls: 'turn:' + ELSEWHERE + '?transport=tcp', username: 'a', credential: 'b' }]); }),
]).then(function () { document.getElementById('found').textContent = JSON.stringify(found); });
document.getElementById('finish').onclick = function () {
  api.SetValue('cmi.score.scaled', '0.75');
  api.SetValue('cmi.completion_status', 'completed');
  api.SetValue('cmi.success_status', 'passed');
  api.Terminate('');
};`;

const filesOf = (manifest: string, script: string) => ({
  'imsmanifest.xml': manifest,
  'index.html': page(script),
  'inner.html': '<!doctype html><p>inner</p>',
  'js/unit.js': UNIT,
});

/** A package of SCORM 1.2 whose pages are turned. */
export const turnedPackage = (): Buffer => zipOf(filesOf(manifest12(), SCRIPT_12));

/** A package of SCORM 2004 that tries to get out, among others to this host. */
export const escapingPackage = (elsewhere: string): Buffer =>
  zipOf(filesOf(manifest2004(), SCRIPT_2004.replaceAll('ELSEWHERE', JSON.stringify(elsewhere))));

/** What an escaping package finds: nothing but its own files. */
export const NOTHING_FOUND = {
  ...{ top: 'refused', station: 'none', window: 'null', dialog: 'false', fetch: 'refused', socket: 'refused' },
  ...{ eyes: 'refused', worker: 'refused', full: 'refused', own: '200', away: 'refused' },
  calls: 'no way',
} as const;
