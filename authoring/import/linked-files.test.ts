import { describe, expect, it } from 'vitest';
import { linksToFile, writesFileAddress } from './linked-files.ts';

describe('an address', () => {
  it.each([
    'http://example.com/a.mp3',
    'https://example.com/a.MP4?x=1#t=3',
    'pics/a.png',
    '说明.pdf',
    'data:audio/mpeg;base64,AAAA',
    '@@PLUGINFILE@@/a',
    'https://moodle.example.com/pluginfile.php/1/question/a',
    'https://www.bilibili.com/video/BV1',
    'https://youtu.be/x',
    'https://v.qq.com/x/page/a.html',
    ' a.docx ',
  ])('%s leads to a file', (address) => expect(linksToFile(address)).toBe(true));

  it.each([
    'http://example.com/',
    'https://example.com/law.html',
    '#a',
    'mailto:a@b.cn',
    '',
    'https://notyoutube.com/a',
  ])('%s leads to none', (address) => expect(linksToFile(address)).toBe(false));

  it('that is written out is found among words', () => {
    expect(writesFileAddress('请听（http://example.com/a.mp3），选出')).toBe(true);
    expect(writesFileAddress('Listen to http://example.com/a.mp3.')).toBe(true);
    expect(writesFileAddress('见 https://example.com/law.html，以及a.mp3')).toBe(false);
  });
});
