import { describe, expect, it } from 'vitest';
import { manifest12, manifest2004 } from './manifest.fixture.ts';
import { readManifest } from './manifest.ts';

const FILES = ['index.html', 'a b.html', 'content/index.html', '安全/start.htm'];
const read = (text: string | Uint8Array, files = FILES) =>
  readManifest(typeof text === 'string' ? Buffer.from(text) : text, (file) => files.includes(file));
const unitOf = (text: string) => {
  const made = read(text);
  return made.ok ? made.value.scos[0].unit : made.reason;
};

describe('a manifest', () => {
  it('of 1.2 says what is launched, with the score that passes', () => {
    const item = '<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms> a=1 </adlcp:datafromlms>';
    expect(read(manifest12({ item }))).toEqual({
      ok: true,
      value: {
        version: '1.2',
        scos: [{ id: 'I1', title: '第一节', unit: { launch: 'index.html', masteryScore: 80, launchData: 'a=1' } }],
      },
    });
  });

  it('of 2004 does as well', () => {
    const item = `<adlcp:dataFromLMS>b</adlcp:dataFromLMS><imsss:sequencing><imsss:objectives>
      <imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective>
      </imsss:objectives></imsss:sequencing>`;
    const unit = { launch: 'index.html', masteryScore: 0.6, launchData: 'b' };
    expect(read(manifest2004({ item }))).toMatchObject({ ok: true, value: { version: '2004', scos: [{ unit }] } });
    expect(unitOf(manifest2004({ item: item.replace('"true"', '"false"') }))).toEqual({
      launch: 'index.html',
      launchData: 'b',
    });
  });

  it.each([
    ['with a space', { href: 'a%20b.html' }, 'a%20b.html'],
    ['in a folder of its own', { href: 'index.html', base: 'content/' }, 'content/index.html'],
    ['as Windows writes it', { href: 'content\\index.html' }, 'content/index.html'],
    ['in Chinese', { href: '安全/start.htm' }, '安全/start.htm'],
    ['by a way that comes back', { href: 'content/../index.html' }, 'content/../index.html'],
    ['with what it is asked', { parameters: '?page=3' }, 'index.html?page=3'],
    ['with more that it is asked', { href: 'index.html?a=1', parameters: '&amp;b=2' }, 'index.html?a=1&b=2'],
    ['at a place in it', { parameters: '#p2' }, 'index.html#p2'],
  ])('may launch something %s', (_, more, launch) => {
    expect(unitOf(manifest12(more))).toEqual({ launch });
  });

  it('says what version it is by its words where it does not say it', () => {
    const without = (text: string) => text.replace(/<schemaversion>.*<\/schemaversion>/, '');
    expect([without(manifest12()), without(manifest2004())].map((text) => read(text))).toMatchObject([
      { value: { version: '1.2' } },
      { value: { version: '2004' } },
    ]);
  });

  it('with several SCOs names each, and no asset', () => {
    const items =
      '<item identifier="C"><title>章</title><item identifier="I2" identifierref="R2"><title>二</title></item></item><item identifier="I3" identifierref="R3"><title>三</title></item>';
    const resources =
      '<resource identifier="R2" type="webcontent" adlcp:scormtype="sco" href="content/index.html"/><resource identifier="R3" type="webcontent" adlcp:scormtype="asset" href="a%20b.html"/>';
    const made = read(manifest12({ items, resources }));
    expect(made.ok && made.value.scos.map(({ id, title }) => [id, title])).toEqual([
      ['I1', '第一节'],
      ['I2', '二'],
    ]);
  });
});

describe('a manifest is refused', () => {
  it.each([
    ['that is no XML', 'no xml <', 'manifest-unreadable'],
    ['that is another document', '<course/>', 'manifest-unreadable'],
    [
      'that declares entities',
      `<!DOCTYPE manifest [<!ENTITY a "aaaa">]>${manifest12().split('?>')[1]}`,
      'manifest-unreadable',
    ],
    ['of another standard', manifest12().replace('>1.2<', '>1.1<'), 'package-version-unknown'],
    ['that says no version', '<manifest/>', 'package-version-unknown'],
    ['that launches nothing', manifest12({ type: 'asset' }), 'sco-missing'],
    ['whose item has no resource', manifest12().replace('identifierref="R1"', 'identifierref="R9"'), 'sco-missing'],
    ['whose file is not there', manifest12({ href: 'gone.html' }), 'launch-missing'],
    ['whose file is a folder', manifest12({ href: 'content/' }), 'launch-missing'],
    ['that launches another site', manifest12({ href: 'https://evil.example/a.html' }), 'launch-outside'],
    ['that launches another host', manifest12({ href: '//evil.example/a.html' }), 'launch-outside'],
    ['that launches another host, as Windows writes it', manifest12({ href: '\\\\evil\\a.html' }), 'launch-outside'],
    ['whose base is another site', manifest12({ base: 'http://evil.example/' }), 'launch-outside'],
    ['that launches a script', manifest12({ href: 'javascript:alert(1)' }), 'launch-outside'],
    ['that launches what is above it', manifest12({ href: '../index.html' }), 'launch-outside'],
    ['that launches what is above it, in percents', manifest12({ href: '%2e%2e/index.html' }), 'launch-outside'],
    ['that launches from the root', manifest12({ href: '/index.html' }), 'launch-outside'],
    ['that launches nowhere', manifest12({ href: '' }), 'launch-outside'],
  ])('%s', (_, text, reason) => {
    const made = read(text);
    expect(made).toMatchObject({ ok: false, reason });
    expect(made.ok ? '' : made.detail).not.toContain('not-a-workbook');
  });
});
