import { translator } from '../../messages/index.ts';

const [zh, en] = [translator('zh'), translator('en')];

/** A sentence in both languages, where the page itself is not there to say it. Nothing of it comes from a request. */
export const plainPage = (key: 'home.not-built' | 'home.nothing-here'): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${zh('home.title')}</title></head>
<body><main><h1>${zh('home.title')}</h1><p>${zh(key)}</p><p lang="en">${en(key)}</p><p><a href="/home/">${zh('home.to-start')}</a></p></main></body></html>
`;
