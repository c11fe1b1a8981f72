import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { canGive, isNamed, type MachineCamera, machineCameras } from './index.ts';
import { linuxCameras } from './linux.ts';
import { fakeHolder, fakeSys, ITS_DATA, LOOPBACK, TEST_DEVICE, usbVideo, WEBCAM } from './machine.fixture.ts';
import { sizesIn } from './usb-video.ts';
import { readPnpDevices } from './windows.ts';

describe('the cameras of a Linux machine', () => {
  it('are the nodes that give pictures, each with its driver and bus', () => {
    const proc = temporaryFolder();
    fakeHolder(proc, 41, 'ffmpeg', '/dev/video2');
    fakeHolder(proc, 42, 'chrome', '/dev/video0');
    const cameras = linuxCameras(fakeSys(temporaryFolder(), [WEBCAM, ITS_DATA, LOOPBACK, TEST_DEVICE]), proc);
    expect(cameras).toEqual([
      { id: 'video0', name: 'HD Pro Webcam C920', driver: 'uvcvideo', usb: '046d:082d', isProgram: false },
      { id: 'video2', name: 'HD Pro Webcam C920', driver: '', isProgram: true, heldBy: ['ffmpeg'] },
      { id: 'video3', name: 'vivid-000-vid-cap', driver: 'vivid', isProgram: true, heldBy: [] },
    ]);
  });

  it('have the sizes that a USB camera says', () => {
    const sizes = [
      { width: 640, height: 480 },
      { width: 1280, height: 720 },
    ];
    const [camera] = linuxCameras(
      fakeSys(temporaryFolder(), [{ ...WEBCAM, on: { ...(WEBCAM.on as NonNullable<typeof WEBCAM.on>), sizes } }]),
    ) as [MachineCamera];
    expect(camera.sizes).toEqual(sizes);
    const can = (width: number, height: number) => canGive(camera, { width, height });
    // A browser cuts and makes smaller; a square of 720 is cut from 1280 x 720.
    expect([can(640, 480), can(320, 240), can(720, 720), can(1280, 720)]).toEqual([true, true, true, true]);
    expect([can(1280, 960), can(1920, 1080)]).toEqual([false, false]);
  });

  it('have no sizes where what the device says is cut off or is none', () => {
    const said = usbVideo([{ width: 640, height: 480 }]);
    for (let end = 0; end < said.length; end++) expect(sizesIn(said.subarray(0, end))).toEqual([]);
    expect(sizesIn(said)).toHaveLength(1);
    expect(sizesIn(new Uint8Array(100))).toEqual([]);
    expect(canGive({ id: 'video0', name: 'C920', driver: 'x', isProgram: false }, { width: 9_999, height: 9 })).toBe(
      true,
    );
  });

  it('are none before the first one, and nobody knows where the system says nothing', () => {
    expect(linuxCameras(fakeSys(temporaryFolder(), []))).toEqual([]);
    expect(linuxCameras(temporaryFolder())).toBeUndefined();
  });
});

describe('a label', () => {
  const webcam = { id: 'video0', name: 'HD Pro Webcam C920', driver: 'uvcvideo', usb: '046d:082d', isProgram: false };
  it.each([
    ['HD Pro Webcam C920 (046d:082d)', true],
    ['HD Pro Webcam C920', true],
    ['HD Pro Webcam C920 (046d:ffff)', false],
    ['HD Pro Webcam C92', false],
    ['', false],
  ])('%s means the webcam: %s', (label, means) => {
    expect(isNamed(webcam, label)).toBe(means);
  });

  it('means a camera whose name the kernel cut off', () => {
    const cut = { ...webcam, name: 'Integrated Camera: Integrated C' };
    expect(isNamed(cut, 'Integrated Camera: Integrated Camera (046d:082d)')).toBe(true);
  });
});

describe('the cameras of a Windows machine', () => {
  const [webcam, software] = [
    {
      FriendlyName: 'HD Pro Webcam C920',
      InstanceId: 'USB\\VID_046D&PID_082D&MI_00\\6&2A&0&0000',
      Service: 'usbvideo',
    },
    { FriendlyName: 'Some Virtual Thing', InstanceId: 'ROOT\\CAMERA\\0000', Service: null },
  ];
  it('are read from what PowerShell says, one or several', () => {
    expect(readPnpDevices(JSON.stringify([webcam, software]))).toMatchObject([
      { name: 'HD Pro Webcam C920', driver: 'usbvideo', usb: '046d:082d', isProgram: false },
      { name: 'Some Virtual Thing', isProgram: true },
    ]);
    expect(readPnpDevices(JSON.stringify(webcam))).toHaveLength(1);
    expect(readPnpDevices('[]')).toEqual([]);
  });
  it.skipIf(process.platform === 'win32')('have their names where the code page of the machine is GBK', async () => {
    const folder = temporaryFolder();
    const [before, after] = JSON.stringify({ ...webcam, FriendlyName: 'USB 视频设备' }).split('视频设备');
    const inGbk = Buffer.from('cad3c6b5c9e8b1b8', 'hex');
    writeFileSync(join(folder, 'gbk'), Buffer.concat([Buffer.from(`${before}`), inGbk, Buffer.from(`${after}`)]));
    writeFileSync(join(folder, 'utf-8'), `\uFEFF${before}视频设备${after}`);
    // It answers in the code page of its machine, if it is not asked for another.
    const asked = 'case "$*" in *"[Console]::OutputEncoding=[Text.Encoding]::UTF8;"*)';
    const answer = `${asked} /bin/cat '${folder}/utf-8';; *) /bin/cat '${folder}/gbk';; esac`;
    writeFileSync(join(folder, 'powershell.exe'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('PATH', folder);
    expect(await machineCameras('win32')).toMatchObject([{ name: 'USB 视频设备', usb: '046d:082d' }]);
  });
  it.each(['', 'Get-PnpDevice: not found', '[{"InstanceId":1}]'])('are not known from %j', (text) => {
    expect(readPnpDevices(text)).toBeUndefined();
  });
});
