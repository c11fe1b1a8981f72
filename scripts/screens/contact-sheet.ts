import { SCHEMES, sizeName, type Variant } from './variants.ts';

export type Picture = Variant & {
  readonly screen: string;
  readonly title: string;
  /** Path beside the sheet. */
  readonly file: string;
};

export type Facts = {
  /** What was taken, and when. */
  readonly of: string;
  /** What could not be shown here, and why. */
  readonly missing: readonly string[];
};

/** One page that shows all pictures, to be opened from the disk: nothing in it comes from elsewhere. */
export function contactSheet(pictures: readonly Picture[], { of, missing }: Facts): string {
  const entries = pictures.map(({ screen, title, locale, size, scheme, file }) => ({
    ...{ screen, title, locale, size: sizeName(size), scheme, file },
  }));
  const different = (values: readonly string[]): readonly string[] => [...new Set(values)];
  const titles = new Map(entries.map(({ screen, title }) => [screen, `${screen} ${title}`]));
  const choices = [
    choice('screen', '画面', different(entries.map(({ screen }) => screen)), '', (one) => titles.get(one) ?? one),
    choice('locale', '语言', different(entries.map(({ locale }) => locale)), 'zh', (one) => LANGUAGE[one] ?? one),
    choice('size', '尺寸', different(entries.map(({ size }) => size)), '1280x720', (one) => one),
    choice(
      'scheme',
      '配色',
      SCHEMES.filter((one) => entries.some(({ scheme }) => scheme === one)),
      'light',
      (one) => SCHEME[one] ?? one,
    ),
  ];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>考站画面</title><style>${STYLE}</style></head><body>
<header><h1>考站画面</h1><p>${inHtml(of)} · <output id="count"></output></p>
<form>${choices.join('')}</form>
${missing.length > 0 ? `<ul class="missing">${missing.map((one) => `<li>${inHtml(one)}</li>`).join('')}</ul>` : ''}
</header><main id="sheet"></main>
<dialog id="large"><figure><img alt=""><figcaption></figcaption></figure></dialog>
<script id="pictures" type="application/json">${JSON.stringify(entries).replaceAll('<', '\\u003c')}</script>
<script>${SCRIPT}</script></body></html>
`;
}

const LANGUAGE: Readonly<Record<string, string>> = { zh: '中文', en: 'English' };
const SCHEME: Readonly<Record<string, string>> = {
  ...{ light: '浅色', dark: '深色', contrast: '高对比度', forced: '系统高对比度' },
};

/** @param usual chosen at first, where it is among them; all of them otherwise */
function choice(
  name: string,
  label: string,
  values: readonly string[],
  usual: string,
  word: (value: string) => string,
): string {
  const options = values.map(
    (value) => `<option value="${inHtml(value)}"${value === usual ? ' selected' : ''}>${inHtml(word(value))}</option>`,
  );
  return `<label>${label}<select name="${name}"><option value="">全部</option>${options.join('')}</select></label>`;
}

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
body{margin:0;background:light-dark(#eef2f4,#12191d);color:light-dark(#14212b,#e6edf1)}
header{position:sticky;top:0;z-index:1;padding:12px 20px;background:light-dark(#fff,#1a242a);box-shadow:0 1px 6px #0003}
h1{margin:0;font-size:20px;display:inline-block;margin-right:16px}header p{display:inline-block;margin:0;opacity:.75}
form{display:flex;flex-wrap:wrap;gap:16px;margin-top:8px}label{display:flex;gap:8px;align-items:center}
select{font:inherit;padding:4px 8px;max-width:26em}.missing{margin:8px 0 0;padding-left:20px}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:20px;padding:20px}
figure{margin:0}main figure{display:flex;flex-direction:column}
main button{padding:0;border:1px solid #8886;border-radius:8px;overflow:hidden;background:#8882;cursor:zoom-in;flex:1}
main img{display:block;width:100%;height:220px;object-fit:contain}
figcaption{padding:4px 2px;font-size:13px}dialog{border:0;padding:0;background:none;max-width:98vw;max-height:98vh}
dialog::backdrop{background:#000c}dialog img{display:block;max-width:96vw;max-height:90vh;margin:auto}
dialog figcaption{color:#fff;text-align:center}`;

const SCRIPT = `
const all = JSON.parse(document.getElementById('pictures').textContent);
const form = document.forms[0], sheet = document.getElementById('sheet'), large = document.getElementById('large');
let shown = [], at = 0;
const words = (one) => [one.screen, one.title, one.locale, one.size, one.scheme].join(' · ');
function show() {
  const wanted = Object.fromEntries(new FormData(form));
  shown = all.filter((one) => Object.entries(wanted).every(([key, value]) => !value || one[key] === value));
  document.getElementById('count').textContent = shown.length + ' / ' + all.length;
  sheet.replaceChildren(...shown.map((one, i) => {
    const figure = document.createElement('figure'), button = document.createElement('button');
    const image = new Image(), caption = document.createElement('figcaption');
    Object.assign(image, { loading: 'lazy', alt: words(one), src: one.file });
    button.type = 'button';
    button.onclick = () => open(i);
    button.append(image);
    caption.textContent = words(one);
    figure.append(button, caption);
    return figure;
  }));
}
function open(i) {
  at = (i + shown.length) % shown.length;
  const [image, caption] = [large.querySelector('img'), large.querySelector('figcaption')];
  Object.assign(image, { src: shown[at].file, alt: words(shown[at]) });
  caption.textContent = words(shown[at]);
  if (!large.open) large.showModal();
}
form.onchange = show;
large.onclick = () => large.close();
addEventListener('keydown', ({ key }) => {
  if (large.open && key === 'ArrowRight') open(at + 1);
  if (large.open && key === 'ArrowLeft') open(at - 1);
});
show();`;
