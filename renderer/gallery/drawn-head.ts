/** A head that nobody has, as a camera would see it, for looking at a screen without a camera. */
export function drawnHead(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  const draw = (ms: number): void => {
    if (context) paint(context, ms);
    requestAnimationFrame(draw);
  };
  draw(0);
  return canvas.captureStream(15);
}

/** The same head in a picture that stands still: for a photo of an office, in JPEG as base64. */
export function drawnPhoto(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  if (context) paint(context, 0);
  return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
}

function paint(to: CanvasRenderingContext2D, ms: number): void {
  const sway = Math.sin(ms / 1_400) * 6;
  const oval = (x: number, y: number, rx: number, ry: number, fill: string, turn = 0): void => {
    to.beginPath();
    to.ellipse(x, y, rx, ry, turn, 0, 2 * Math.PI);
    to.fillStyle = fill;
    to.fill();
  };
  to.fillStyle = '#8fa7a2';
  to.fillRect(0, 0, 640, 480);
  to.fillStyle = '#7d958f';
  to.fillRect(0, 330, 640, 150);
  to.save();
  to.translate(320 + sway, 0);
  oval(0, 500, 190, 120, '#2f6f8f');
  oval(0, 470, 70, 60, '#d8a583');
  oval(0, 250, 104, 140, '#edc3a0');
  oval(-104, 262, 16, 28, '#e2b18c');
  oval(104, 262, 16, 28, '#e2b18c');
  to.beginPath();
  to.ellipse(0, 190, 128, 120, 0, Math.PI, 2 * Math.PI);
  to.fillStyle = '#f0b429';
  to.fill();
  oval(0, 192, 140, 16, '#d99a15');
  const open = ms % 4_000 < 3_800 ? 9 : 1.5;
  oval(-40, 258, 12, open, '#2a2320');
  oval(40, 258, 12, open, '#2a2320');
  to.strokeStyle = '#3a2a1e';
  to.lineWidth = 6;
  to.lineCap = 'round';
  to.beginPath();
  to.moveTo(-58, 232);
  to.quadraticCurveTo(-40, 222, -22, 232);
  to.moveTo(58, 232);
  to.quadraticCurveTo(40, 222, 22, 232);
  to.moveTo(0, 262);
  to.lineTo(-8, 300);
  to.lineTo(6, 302);
  to.moveTo(-30, 336);
  to.quadraticCurveTo(0, 352, 30, 336);
  to.stroke();
  to.restore();
}
