import { expect, it } from 'vitest';
import { installerCommand } from './windows.ts';

// What Windows makes of it was not tried.
it('starts the installer of Windows without questions, and so that it outlives this program', () => {
  expect(installerCommand('C:\\Temp\\setup.exe')).toEqual({
    file: 'C:\\Temp\\setup.exe',
    args: ['/S'],
    options: { detached: true, stdio: 'ignore', windowsHide: true },
  });
});
