import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';
import { readTable } from './table.ts';

const ole = (stream: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);
const zip = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));

const OTHERS: readonly (readonly [string, string, Uint8Array])[] = [
  ['a.xls', '.xls', ole('Workbook')],
  ['a.xlsx', '.xls', ole('Book')],
  ['a.xlsx', 'password', ole('EncryptedPackage')],
  ['a.doc', '.doc', ole('WordDocument')],
  ['a.xlsx', '.xlsb', zip('[Content_Types].xml', 'xl/workbook.bin')],
  ['a.ods', '.ods', zip('mimetype', 'content.xml')],
  ['a.numbers', '.numbers', zip('Index/Document.iwa')],
  ['a.docx', '.docx', zip('word/document.xml')],
  ['a.xlsx', 'web page', Buffer.from('\uFEFF<html><table><tr><td>题型</td></tr></table></html>')],
  ['a.xlsx', '2003', Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>')],
  ['a.csv', 'PDF', Buffer.from('%PDF-1.4')],
];

describe('what is taken for a workbook and is none', () => {
  it.each(OTHERS)('%s is refused by its name: %s', async (file, name, bytes) => {
    const why = await importBank(bytes, file).catch((error: Error) => error.message);
    expect(why).toMatch(/^not-a-workbook: /);
    expect(why).toContain(name);
    expect(await readTable(bytes, 10).catch((error: Error) => error.message)).toBe(why);
  });

  it('says nothing of a package of questions that carries documents along', async () => {
    const bytes = zip('imsmanifest.xml', 'content.xml', 'word/document.xml');
    expect(String(await importBank(bytes, 'a.zip').catch((error: Error) => error.message))).not.toMatch(/\.ods|\.docx/);
  });
});
