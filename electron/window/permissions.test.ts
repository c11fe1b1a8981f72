import { describe, expect, test } from 'vitest';
import { PAGE_URL } from './origin.ts';
import { mayCheck, mayRequest, type PermissionRequestDetails } from './permissions.ts';

const camera: PermissionRequestDetails = {
  isMainFrame: true,
  requestingUrl: PAGE_URL,
  securityOrigin: 'app://station/',
  mediaTypes: ['video'],
};
const others = [
  'geolocation',
  'notifications',
  'display-capture',
  'clipboard-read',
  'hid',
  'serial',
  'usb',
  'fullscreen',
  'openExternal',
  'fileSystem',
  'unknown',
];

describe('a permission request', () => {
  test('for the camera of our page is granted', () => expect(mayRequest('media', camera)).toBe(true));

  test('for a microphone is denied, also with the camera', () => {
    expect(mayRequest('media', { ...camera, mediaTypes: ['audio'] })).toBe(false);
    expect(mayRequest('media', { ...camera, mediaTypes: ['video', 'audio'] })).toBe(false);
  });

  test('that does not say for what is denied', () => {
    expect(mayRequest('media', { ...camera, mediaTypes: [] })).toBe(false);
    expect(mayRequest('media', { isMainFrame: true, requestingUrl: PAGE_URL })).toBe(false);
  });

  test('of a frame or of a stranger is denied', () => {
    expect(mayRequest('media', { ...camera, isMainFrame: false })).toBe(false);
    expect(mayRequest('media', { ...camera, requestingUrl: 'https://example.com/' })).toBe(false);
    expect(mayRequest('media', { ...camera, securityOrigin: 'https://example.com/' })).toBe(false);
  });

  test.each(others)('for %s is denied', (permission) => expect(mayRequest(permission, camera)).toBe(false));
});

describe('a permission check', () => {
  test('for the camera of our page is granted, also where it does not name it yet', () => {
    expect(mayCheck('media', 'app://station/', { mediaType: 'video' })).toBe(true);
    expect(mayCheck('media', 'app://station/', {})).toBe(true);
  });

  test('for a microphone, a screen or a stranger is denied', () => {
    expect(mayCheck('media', 'app://station/', { mediaType: 'audio' })).toBe(false);
    expect(mayCheck('media', 'app://station/', { mediaType: 'unknown' })).toBe(false);
    expect(mayCheck('media', '', { mediaType: 'video' })).toBe(false);
    expect(mayCheck('media', 'app://station/', { mediaType: 'video', embeddingOrigin: 'https://example.com' })).toBe(
      false,
    );
  });

  test.each(others)('for %s is denied', (permission) => expect(mayCheck(permission, 'app://station/', {})).toBe(false));
});
