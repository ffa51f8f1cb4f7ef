/** Makes PNGs of screens small: 256 colours are enough for an interface. */
import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from './crc32.mjs';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const BYTES_OF_TYPE = { 2: 3, 6: 4 };

function readChunks(png) {
  const data = [];
  let header;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  const [depth, type] = [header[8], header[9]];
  if (depth !== 8 || !BYTES_OF_TYPE[type] || header[12] !== 0) {
    throw new Error(
      `PNG with depth ${depth} and colour type ${type}, expected 8 bit RGB or RGBA, not interlaced`,
    );
  }
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    bytes: BYTES_OF_TYPE[type],
    rows: inflateSync(Buffer.concat(data)),
  };
}

/** Takes back the five filters of PNG (RFC 2083, section 6). */
function unfilter({ width, height, bytes, rows }) {
  const stride = width * bytes;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= bytes ? pixels[at - bytes] : 0;
      const up = y > 0 ? pixels[at - stride] : 0;
      const corner = x >= bytes && y > 0 ? pixels[at - stride - bytes] : 0;
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) {
        const estimate = left + up - corner;
        const [a, b, c] = [left, up, corner].map(v => Math.abs(estimate - v));
        if (a <= b && a <= c) guess = left;
        else guess = b <= c ? up : corner;
      }
      pixels[at] = (rows[y * (stride + 1) + 1 + x] + guess) & 255;
    }
  }
  return pixels;
}

const FREQUENT = 128;
const COLOURS = 256;

function distance(a, b) {
  return (
    ((a >> 16) - (b >> 16)) ** 2 +
    (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 +
    ((a & 255) - (b & 255)) ** 2
  );
}

/**
 * The most frequent colours, then those that would be missed most: far from all
 * chosen ones and not too rare, like the red of a single word.
 */
function choosePalette(counts) {
  const rest = [...counts].sort((a, b) => b[1] - a[1]);
  const palette = rest.splice(0, FREQUENT).map(([colour]) => colour);
  const missed = rest.map(([colour, count]) => ({
    colour,
    count,
    away: Math.min(...palette.map(other => distance(colour, other))),
  }));
  while (palette.length < COLOURS && missed.length > 0) {
    let worst = 0;
    missed.forEach((one, index) => {
      const most = missed[worst];
      if (one.away * one.count > most.away * most.count) worst = index;
    });
    const [{ colour }] = missed.splice(worst, 1);
    palette.push(colour);
    for (const one of missed) {
      one.away = Math.min(one.away, distance(one.colour, colour));
    }
  }
  return palette;
}

function nearest(colour, palette) {
  let best = 0;
  palette.forEach((other, index) => {
    if (distance(colour, other) < distance(colour, palette[best])) best = index;
  });
  return best;
}

function chunk(type, body) {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}

/** The same picture with 256 of its colours. */
export function toPalettePng(png) {
  const image = readChunks(png);
  const pixels = unfilter(image);
  const { width, height, bytes } = image;
  const colourAt = i => pixels.readUIntBE(i * bytes, 3);

  const counts = new Map();
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(i);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choosePalette(counts);
  const indexOf = new Map(
    [...counts.keys()].map(colour => [colour, nearest(colour, palette)]),
  );

  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(colourAt(y * width + x));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
