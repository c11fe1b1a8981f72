import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { readAdministratorWish, readTenantWish } from './command-wishes.ts';
import { readSettings } from './settings.ts';
import { readWitnesses } from './witnesses.ts';

test('the command line goes before the environment, and both before the defaults', () => {
  const env = {
    EXAM_CENTER_PORT: '1',
    EXAM_CENTER_DATA: '/e',
    EXAM_CENTER_SEED: 'none',
    EXAM_CENTER_NAME: ' 北方电力 ',
    EXAM_CENTER_PARENT_STDIN: '1',
    EXAM_CENTER_ZONE: 'Asia/Urumqi',
    EXAM_CENTER_PROXY: '10.0.0.1, ::1',
    DATABASE_URL: 'postgres://x',
  };
  expect(readSettings([], {})).toEqual({
    port: 8480,
    faces: { look: true, models: undefined },
    host: '127.0.0.1',
    data: 'data/center',
    databaseUrl: undefined,
    seed: 'demo',
    name: undefined,
    stopWithParent: false,
    zone: 'Asia/Shanghai',
    logName: undefined,
    hooks: { inside: false },
    bulletins: { folder: undefined, mail: undefined },
    witnesses: [],
    proxies: [],
  });
  expect(readSettings([], env)).toEqual({
    port: 1,
    faces: { look: true, models: undefined },
    hooks: { inside: false },
    bulletins: { folder: undefined, mail: undefined },
    host: '127.0.0.1',
    data: '/e',
    databaseUrl: 'postgres://x',
    seed: 'none',
    name: '北方电力',
    stopWithParent: true,
    zone: 'Asia/Urumqi',
    logName: undefined,
    witnesses: [],
    proxies: ['10.0.0.1', '::1'],
  });
  expect(readSettings([], { EXAM_CENTER_ADDRESS: 'https://center.example/' })).toMatchObject({
    address: 'https://center.example',
  });
  for (const wrong of ['center.example', 'ftp://a.example', 'https://a.example/path', 'https://u:p@a.example'])
    expect(() => readSettings([], { EXAM_CENTER_ADDRESS: wrong })).toThrow('EXAM_CENTER_ADDRESS is');
  expect(readSettings(['--port', '0', '--data', '/d'], env)).toMatchObject({ port: 0, data: '/d' });
  expect(readSettings(['--help'], env)).toBe('help');
});

test.each([[['--port', '70000']], [['--port', 'x']], [['--prot', '1']], [['extra']]])('%j is refused', (args) => {
  expect(() => readSettings(args, {})).toThrow();
});

test('an unknown seed is refused', () => {
  expect(() => readSettings([], { EXAM_CENTER_SEED: 'all' })).toThrow('demo or none');
});

const KEY = 'w.example/1+bcd5f9c1+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

test('witnesses are named by the keys they print, with an address or without', () => {
  const named = readWitnesses(`${KEY} https://w.example/log`);
  expect(named).toMatchObject([{ key: { name: 'w.example/1' }, url: 'https://w.example/log' }]);
  expect(readWitnesses(` ${KEY} ,`)).toMatchObject([{ key: { name: 'w.example/1' } }]);
  expect(readWitnesses('')).toEqual([]);
  for (const wrong of ['x', `${KEY} ftp://w`, `${KEY} https://w more`, `${KEY},${KEY}`])
    expect(() => readWitnesses(wrong)).toThrow('EXAM_CENTER_WITNESSES');
});

test('a time zone that is none is refused', () => {
  expect(() => readSettings([], { EXAM_CENTER_ZONE: 'Mars/Olympus' })).toThrow('EXAM_CENTER_ZONE is Mars/Olympus');
});

test('a proxy that is no address is refused: everybody’s word would be taken', () => {
  for (const wrong of ['true', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', 'fe80::/129'])
    expect(() => readSettings([], { EXAM_CENTER_PROXY: wrong })).toThrow(`EXAM_CENTER_PROXY is ${wrong}`);
  expect(readSettings([], { EXAM_CENTER_PROXY: '10.0.0.0/8,fd00::/8' })).toMatchObject({
    proxies: ['10.0.0.0/8', 'fd00::/8'],
  });
});

test('a firm is added by name, and to what else is typed there is nothing to add', () => {
  const wish = { what: 'tenant', name: '乙公司', data: '/d', databaseUrl: undefined };
  expect(readTenantWish(['tenant', 'add', '--name', ' 乙公司 ', '--data', '/d'], {})).toEqual(wish);
  expect(readTenantWish(['--port', '0'], {})).toBeUndefined();
  for (const args of [
    ['tenant'],
    ['tenant', 'add'],
    ['tenant', 'drop', '--name', '乙'],
    ['tenant', 'add', '--name', ' '],
  ])
    expect(() => readTenantWish(args, {})).toThrow('--name NAME');
});

test('administrators are listed, and one is ended by id', () => {
  const wish = { end: undefined, data: '/d', databaseUrl: undefined };
  expect(readAdministratorWish(['administrator', 'list', '--data', '/d'], {})).toEqual(wish);
  expect(readAdministratorWish(['administrator', 'end', 'tk_a', '--data', '/d'], {})).toEqual({ ...wish, end: 'tk_a' });
  expect(readAdministratorWish(['administrator', 'add', '--name', '中心'], {})).toBeUndefined();
  for (const args of [['end'], ['end', 'x y'], ['list', 'tk_a'], ['end', 'tk_a', 'tk_b']])
    expect(() => readAdministratorWish(['administrator', ...args], {})).toThrow('tk_');
});

test.each([
  [{}, { tls: undefined, hsts: undefined }],
  [{ EXAM_CENTER_TLS: 'own' }, { tls: 'own', hsts: undefined }],
  [{ EXAM_CENTER_TLS_CERT: '/c', EXAM_CENTER_TLS_KEY: '/k' }, { tls: { cert: '/c', key: '/k' } }],
  [{ EXAM_CENTER_TLS_CERT: '/c', EXAM_CENTER_TLS_KEY: '/k', EXAM_CENTER_HSTS: '1' }, { hsts: true }],
  [
    { EXAM_CENTER_TLS: 'own', EXAM_CENTER_HSTS: '0', EXAM_CENTER_HOST: 'localhost' },
    { hsts: false, host: '127.0.0.1' },
  ],
])('https as %j says it', (env, said) => {
  expect(readSettings([], env)).toMatchObject(said);
});

test.each([
  [{ EXAM_CENTER_TLS: 'yes' }, 'it takes own'],
  [{ EXAM_CENTER_TLS_CERT: '/c' }, 'go together'],
  [{ EXAM_CENTER_TLS_KEY: '/k' }, 'go together'],
  [{ EXAM_CENTER_TLS: 'own', EXAM_CENTER_TLS_CERT: '/c', EXAM_CENTER_TLS_KEY: '/k' }, 'do not go together'],
  [{ EXAM_CENTER_TLS: 'own', EXAM_CENTER_HSTS: '1' }, 'lock browsers out'],
  [{ EXAM_CENTER_HSTS: '1' }, 'speaks https itself'],
  [{ EXAM_CENTER_HSTS: 'yes' }, 'it takes 1 or 0'],
])('%j is refused: %s', (env, why) => {
  expect(() => readSettings([], env)).toThrow(why);
});

describe('a city’s own log-in', () => {
  const named = { EXAM_CENTER_OIDC_ISSUER: 'https://id.city.example', EXAM_CENTER_OIDC_CLIENT_ID: 'exam' };
  const oidcOf = (env: NodeJS.ProcessEnv) => {
    const settings = readSettings([], env);
    return settings === 'help' ? undefined : settings.oidc;
  };

  test('is known by its address, and what this center is there', () => {
    expect(oidcOf({})).toBeUndefined();
    expect(oidcOf({ ...named, EXAM_CENTER_OIDC_CLIENT_SECRET: 's' })).toEqual({
      ...{ issuer: 'https://id.city.example', clientId: 'exam', clientSecret: 's', loginClaim: undefined },
    });
  });

  test.each([
    ['without a secret', named],
    ['without an address', { EXAM_CENTER_OIDC_CLIENT_ID: 'exam' }],
    [
      'over plain http',
      { ...named, EXAM_CENTER_OIDC_ISSUER: 'http://id.city.example', EXAM_CENTER_OIDC_CLIENT_SECRET: 's' },
    ],
    ['with two secrets', { ...named, EXAM_CENTER_OIDC_CLIENT_SECRET: 's', EXAM_CENTER_OIDC_CLIENT_SECRET_FILE: '/f' }],
  ])('%s is refused', (_, env) => {
    expect(() => oidcOf(env)).toThrow('EXAM_CENTER_OIDC');
  });
});

describe('where bulletins that come by themselves can go', () => {
  const bulletinsOf = (env: NodeJS.ProcessEnv) => {
    const settings = readSettings(['--data', '/srv/center'], env);
    return settings === 'help' ? undefined : settings.bulletins;
  };
  const from = { EXAM_CENTER_SMTP_FROM: 'exam@city.example' };
  const password = join(sharedFolder(), 'password');
  writeFileSync(password, 'geheim\n');

  test.each([
    ['smtps://mail.city.example', { host: 'mail.city.example', port: 465, tls: 'at-once', login: undefined }],
    ['smtp://mail.city.example:2525', { port: 2525, tls: 'must-begin' }],
    ['smtp://127.0.0.1', { port: 587, tls: 'may-begin' }],
    ['smtp://[::1]', { host: '::1', tls: 'may-begin' }],
    ['smtp://127.0.0.1.city.example', { tls: 'must-begin' }],
  ])('%s is a server for e-mail', (url, mail) => {
    expect(bulletinsOf({ ...from, EXAM_CENTER_SMTP_URL: url })).toMatchObject({
      mail: { ...mail, from: from.EXAM_CENTER_SMTP_FROM },
    });
  });

  test('a password is in a file, and a folder is outside of the data folder', () => {
    const env = {
      ...from,
      EXAM_CENTER_SMTP_URL: 'smtps://exam%40city@m.example',
      EXAM_CENTER_SMTP_PASSWORD_FILE: password,
    };
    expect(bulletinsOf(env)).toMatchObject({ mail: { login: { user: 'exam@city', pass: 'geheim' } } });
    expect(bulletinsOf({ EXAM_CENTER_BULLETINS: '/srv/center-bulletins' })).toMatchObject({
      folder: '/srv/center-bulletins',
    });
  });

  test.each([
    { ...from, EXAM_CENTER_SMTP_URL: 'https://m.example' },
    { ...from, EXAM_CENTER_SMTP_URL: 'smtp://m.example/?tls=no' },
    { ...from, EXAM_CENTER_SMTP_URL: 'smtp://u:p@m.example', EXAM_CENTER_SMTP_PASSWORD_FILE: password },
    { ...from, EXAM_CENTER_SMTP_URL: 'smtp://u@m.example' },
    { ...from, EXAM_CENTER_SMTP_URL: 'smtp://m.example', EXAM_CENTER_SMTP_PASSWORD_FILE: password },
    { EXAM_CENTER_SMTP_URL: 'smtp://m.example' },
    from,
    { EXAM_CENTER_BULLETINS: '/srv/center' },
    { EXAM_CENTER_BULLETINS: '/srv/center/bulletins' },
    { EXAM_CENTER_BULLETINS: '/srv' },
  ])('%j is refused', (env) => {
    expect(() => bulletinsOf(env)).toThrow(/EXAM_CENTER_(SMTP|BULLETINS)/);
  });
});
