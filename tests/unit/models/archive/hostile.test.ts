import { deflateRawSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../../src/core/kernels/register.ts';
import type { ArchiveFault } from '../../../../src/core/models/archive/archive-error.ts';
import { crc32 } from '../../../../src/core/models/archive/checksum.ts';
import type { ArchiveFiles, FileName } from '../../../../src/core/models/archive/files.ts';
import { loadModel, packModel } from '../../../../src/core/models/archive/model-archive.ts';
import { readZip, writeZip } from '../../../../src/core/models/archive/zip.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { bagOfWords, NETWORKS, sequence, WORDS } from './trained.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

let good: ArchiveFiles;
let bag: ArchiveFiles;

beforeAll(async () => {
  await startBackend('cpu');
  good = await packModel(NETWORKS['bidirectional LSTM, two poolings joined, masked']!());
  bag = await packModel(bagOfWords());
});

/** An archive with one file exchanged, and checksums that vouch for it. */
function forge(name: FileName, bytes: Uint8Array, from = good): ArchiveFiles {
  const files = { ...from, [name]: bytes };
  if (name === 'preprocessing.json') return files;
  const preprocessing = JSON.parse(text(from['preprocessing.json']));
  preprocessing.files[name] = crc32(bytes);
  return { ...files, 'preprocessing.json': encode(JSON.stringify(preprocessing)) };
}

/** The same, with a JSON file changed as a value. */
function edit(name: FileName, change: (json: any) => void, from = good): ArchiveFiles {
  const json = JSON.parse(text(from[name]));
  change(json);
  return forge(name, encode(JSON.stringify(json)), from);
}

/** The same, with a JSON file changed as text. */
const replace = (name: FileName, pattern: string | RegExp, by: string): ArchiveFiles => {
  const before = text(good[name]);
  const after = before.replace(pattern, by);
  expect(after, `${pattern} is in ${name}`).not.toBe(before);
  return forge(name, encode(after));
};

const layer = (json: any, className: string) =>
  json.modelTopology.config.layers.find((entry: any) => entry.class_name === className).config;
const firstWeight = (json: any) => json.weightsManifest[0].weights[0];

describe('loadModel refuses', () => {
  const cases: [what: string, fault: ArchiveFault, says: RegExp, make: () => ArchiveFiles][] = [
    [
      'another version',
      'version',
      /version 2; this site reads 1/,
      () => edit('preprocessing.json', (json) => (json.version = 2)),
    ],
    [
      'no version',
      'version',
      /version undefined/,
      () => edit('preprocessing.json', (json) => delete json.version),
    ],
    [
      'the words of another model',
      'mismatch',
      /vocabulary\.json is damaged, or of another/,
      () => ({ ...good, 'vocabulary.json': bag['vocabulary.json'] }),
    ],
    [
      'one flipped bit in the weights',
      'mismatch',
      /weights\.bin is damaged/,
      () => {
        const weights = good['weights.bin'].slice();
        weights[100]! ^= 1;
        return { ...good, 'weights.bin': weights };
      },
    ],
    [
      'a truncated JSON file',
      'content',
      /model\.json can’t be read/,
      () => forge('model.json', good['model.json'].slice(0, -10)),
    ],
    [
      'text that is not UTF-8',
      'content',
      /vocabulary\.json can’t be read/,
      () => forge('vocabulary.json', Uint8Array.of(0x22, 0xff, 0x22)),
    ],
    [
      'a key __proto__',
      'content',
      /key "__proto__"/,
      () => replace('preprocessing.json', '"kind"', '"__proto__":{"polluted":1},"kind"'),
    ],
    [
      'a key constructor in a layer',
      'content',
      /key "constructor"/,
      () => replace('model.json', '"batch_input_shape"', '"constructor":{},"batch_input_shape"'),
    ],
    [
      'JSON nested too deep',
      'content',
      /preprocessing\.json can’t be read/,
      () => forge('preprocessing.json', encode('['.repeat(60_000))),
    ],
    [
      'JSON that is no object',
      'content',
      /must be an object, not an array of 0/,
      () => forge('preprocessing.json', encode('[]')),
    ],
    [
      'a maxlen of 1e9',
      'content',
      /maxlen must be a whole number from 1 to 10000, not 1000000000/,
      () => edit('preprocessing.json', (json) => (json.maxlen = 1e9)),
    ],
    [
      'a key that it does not know',
      'content',
      /unknown key "stemming"/,
      () => edit('preprocessing.json', (json) => (json.stemming = true)),
    ],
    [
      'an unknown tokenizer',
      'content',
      /tokenizer: kind must be "word" or/,
      () => edit('preprocessing.json', (json) => (json.tokenizer.kind = 'eval')),
    ],
    [
      'head and tail that don’t make maxlen',
      'content',
      /truncating: tail must be/,
      () => edit('preprocessing.json', (json) => (json.truncating.tail = 7)),
    ],
    [
      'marks that share an id',
      'content',
      /startId are both 0|both 0/,
      () => edit('preprocessing.json', (json) => (json.startId = 0)),
    ],
    [
      'a word twice',
      'content',
      /has a word twice/,
      () => edit('vocabulary.json', (json) => (json.words[1] = json.words[0])),
    ],
    [
      'a word that is none',
      'content',
      /words\[2\] must be a string/,
      () => edit('vocabulary.json', (json) => (json.words[2] = { toString: 1 })),
    ],
    [
      'more words than ids',
      'mismatch',
      /vocabulary has 13 words; num_words of 16/,
      () => edit('vocabulary.json', (json) => json.words.push('zombie')),
    ],
    [
      'fewer pairs than it counts',
      'content',
      /bigrams must be two ids for 3 pairs/,
      () => edit('vocabulary.json', (json) => json.bigrams.pop(), bag),
    ],
    [
      'a pair twice',
      'content',
      /A pair of words is named twice/,
      () => edit('vocabulary.json', (json) => (json.bigrams = [15, 8, 15, 8, 5, 13]), bag),
    ],
    [
      'a pair of ids that are no words',
      'content',
      /bigrams\[0\] must be a whole number from 0 to 15/,
      () => edit('vocabulary.json', (json) => (json.bigrams[0] = 1e9), bag),
    ],
    [
      'more pairs than the embedding has rows for',
      'mismatch',
      /Embedding holds 19 ids, not 20/,
      () => {
        const files = edit('vocabulary.json', (json) => json.bigrams.push(6, 8), bag);
        return edit('preprocessing.json', (json) => (json.bigrams = 4), files);
      },
    ],

    [
      'weights that break off',
      'weights',
      /weights\.bin has \d+ bytes; its manifest describes/,
      () => forge('weights.bin', good['weights.bin'].slice(0, -4)),
    ],
    [
      'a weight that is not a number',
      'weights',
      /not all finite/,
      () => {
        const weights = good['weights.bin'].slice();
        new DataView(weights.buffer).setFloat32(8, Number.NaN, true);
        return forge('weights.bin', weights);
      },
    ],
    [
      'an infinite half float',
      'weights',
      /not all finite/,
      () => {
        const weights = good['weights.bin'].slice();
        weights.set([0x00, 0x7c], 4);
        const files = forge('weights.bin', weights);
        return edit(
          'model.json',
          (json) => {
            firstWeight(json).shape = [32, 6];
            firstWeight(json).quantization = { dtype: 'float16' };
          },
          files,
        );
      },
    ],
    [
      'an infinite scale',
      'content',
      /quantization: scale must be a finite number/,
      () =>
        edit('model.json', (json) => (firstWeight(json).quantization = { dtype: 'uint8', min: 0 })),
    ],
    [
      'a shape of 1e9 × 1e9',
      'weights',
      /its manifest describes/,
      () => edit('model.json', (json) => (firstWeight(json).shape = [1e9, 1e9])),
    ],
    [
      'a negative dimension',
      'content',
      /shape\[0\] must be a whole number/,
      () => edit('model.json', (json) => (firstWeight(json).shape = [-16, 6])),
    ],
    [
      'another shape of the same size',
      'topology',
      /does not make a model/,
      () => edit('model.json', (json) => (firstWeight(json).shape = [6, 16])),
    ],
    [
      'a dtype that no weight has',
      'content',
      /dtype must be "float32", not "string"/,
      () => edit('model.json', (json) => (firstWeight(json).dtype = 'string')),
    ],
    [
      'a weight under another name',
      'topology',
      /does not make a model/,
      () => edit('model.json', (json) => (firstWeight(json).name = 'stranger')),
    ],
    [
      'a name twice',
      'weights',
      /names a weight twice/,
      () =>
        edit(
          'model.json',
          (json) => (firstWeight(json).name = json.weightsManifest[0].weights[1].name),
        ),
    ],
    [
      'weights in another file',
      'content',
      /paths must be \["weights\.bin"\]/,
      () => edit('model.json', (json) => (json.weightsManifest[0].paths = ['../../etc/passwd'])),
    ],

    [
      'an unknown layer',
      'topology',
      /layer "Lambda" is none that this site knows/,
      () => replace('model.json', '"class_name":"Concatenate"', '"class_name":"Lambda"'),
    ],
    [
      'a layer named like a part of every object',
      'topology',
      /layer "toString" is none/,
      () => replace('model.json', '"class_name":"Concatenate"', '"class_name":"toString"'),
    ],
    [
      'a layer hidden in a layer',
      'topology',
      /can’t hold another layer/,
      () =>
        edit(
          'model.json',
          (json) => (layer(json, 'Dense').layer = layer(json, 'Bidirectional').layer),
        ),
    ],
    [
      '1e9 units',
      'topology',
      /more weights than the archive holds/,
      () => edit('model.json', (json) => (layer(json, 'Dense').units = 1e9)),
    ],
    [
      '1e9 units inside Bidirectional',
      'topology',
      /more weights than the archive holds/,
      () => edit('model.json', (json) => (layer(json, 'Bidirectional').layer.config.units = 1e9)),
    ],
    [
      'an embedding of 1e9 words with an initializer of its own',
      'topology',
      /more weights than/,
      () =>
        edit('model.json', (json) => {
          layer(json, 'Embedding').input_dim = 1e9;
          layer(json, 'Embedding').embeddingsInitializer = { class_name: 'Ones', config: {} };
        }),
    ],
    [
      'units that are no number',
      'topology',
      /does not make a model|more weights/,
      () => edit('model.json', (json) => (layer(json, 'Dense').units = 'many')),
    ],
    [
      '1,000 layers',
      'content',
      /layers must be an array of at most 64/,
      () =>
        edit('model.json', (json) => {
          const { layers } = json.modelTopology.config;
          while (layers.length < 1000) layers.push(layers.at(-1));
        }),
    ],
    [
      'an unknown activation',
      'topology',
      /does not make a model/,
      () => edit('model.json', (json) => (layer(json, 'Dense').activation = 'evil')),
    ],
    [
      'probabilities in place of logits',
      'mismatch',
      /must end in logits, not in "sigmoid"/,
      () => edit('model.json', (json) => (layer(json, 'Dense').activation = 'sigmoid')),
    ],
    [
      'a mask that the preprocessing denies',
      'mismatch',
      /whether padding is masked/,
      () => edit('preprocessing.json', (json) => (json.masked = false)),
    ],
    [
      'more ids than the embedding holds',
      'mismatch',
      /Embedding holds 16 ids, not 17/,
      () => edit('preprocessing.json', (json) => (json.numWords = 17)),
    ],
    [
      'a topology that is no model',
      'content',
      /class_name must be "Sequential" or/,
      () =>
        edit('model.json', (json) => (json.modelTopology = { class_name: 'Dense', config: {} })),
    ],
  ];

  it.each(cases)('%s', async (_, fault, says, make) => {
    const error = await loadModel(make()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'ArchiveError',
      fault,
      message: expect.stringMatching(says),
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('a file above its limit, before it is read', async () => {
    const files = { ...good, 'preprocessing.json': new Uint8Array(65_537) };
    await expect(loadModel(files)).rejects.toMatchObject({ fault: 'size' });
  });

  it('one layer too narrow as well as one too wide', async () => {
    const files = edit('model.json', (json) => (layer(json, 'Embedding').output_dim = 5));
    await expect(loadModel(files)).rejects.toMatchObject({ fault: 'topology' });
  });
});

describe('packModel refuses', () => {
  it('weights that are no longer numbers', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const { model } = trained;
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, Number.NaN)));
    await expect(packModel(trained)).rejects.toMatchObject({ fault: 'weights' });
  });

  it('weights above the range of half floats', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const { model } = trained;
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, 1e5)));
    await expect(packModel(trained, 'float16')).rejects.toMatchObject({ fault: 'weights' });
  });

  it('another length than the model’s', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const preprocessing = { ...sequence, maxlen: 13, truncating: 'pre' as const };
    await expect(packModel({ ...trained, preprocessing })).rejects.toThrow(
      'The model takes the shape [any, 12], not [batch, 13 timesteps].',
    );
  });
});

describe('packModel', () => {
  it('keeps the words that have an id, and no more', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const files = await packModel({ ...trained, words: [...WORDS, 'zombie', 'vampire'] });
    expect(JSON.parse(text(files['vocabulary.json'])).words).toEqual(WORDS);
  });
});

/** Offset of a signature in a zip; the n-th from the start. */
function find(zip: Uint8Array, signature: string, nth = 0): number {
  let at = -1;
  for (let i = 0; i <= nth; i += 1) at = Buffer.from(zip).indexOf(signature, at + 1, 'latin1');
  expect(at).toBeGreaterThanOrEqual(0);
  return at;
}

describe('readZip', () => {
  const refused = (zip: Uint8Array) => {
    try {
      readZip(zip);
    } catch (error) {
      return error;
    }
    return 'nothing was wrong with it';
  };
  const entries = () => ({ ...good }) as Record<string, Uint8Array>;

  it('gives back what writeZip packed', () => {
    expect(readZip(writeZip(good))).toEqual(good);
  });

  it('refuses a zip that breaks off, at whatever byte', () => {
    const zip = writeZip(good);
    for (let length = 0; length < zip.length; length += 7) {
      expect(refused(zip.subarray(0, length)), `${length} bytes`).toMatchObject({ fault: 'zip' });
    }
  });

  it('refuses a file too few, one too many, and a strange one', () => {
    const { 'weights.bin': _, ...few } = entries();
    expect(refused(zipSync(few))).toMatchObject({ fault: 'files' });
    expect(refused(zipSync({ ...entries(), 'extra.js': encode('1') }))).toMatchObject({
      fault: 'files',
    });
    const paths = [
      '../weights.bin',
      '/weights.bin',
      'a/weights.bin',
      'C:\\weights.bin',
      'weights.bin/',
    ];
    for (const path of [...paths, 'WEIGHTS.BIN', 'constructor', 'weights.bin\0.js']) {
      expect(refused(zipSync({ ...few, [path]: good['weights.bin'] })), path).toMatchObject({
        fault: 'files',
        message: expect.stringContaining('An archive holds'),
      });
    }
  });

  it('refuses a file that comes twice', () => {
    const { 'weights.bin': _, ...few } = entries();
    const zip = zipSync({ ...few, 'modeL.json': good['model.json'] });
    for (let at; (at = Buffer.from(zip).indexOf('modeL', 0, 'latin1')) >= 0;) zip[at + 4] = 0x6c;
    expect(refused(zip)).toMatchObject({
      fault: 'files',
      message: expect.stringContaining('twice'),
    });
  });

  it('refuses a bomb by what it declares', () => {
    const bomb = zipSync({ ...entries(), 'vocabulary.json': new Uint8Array(15 * 2 ** 20) });
    expect(refused(bomb)).toMatchObject({
      fault: 'size',
      message: expect.stringContaining('would unpack'),
    });
    const large = zipSync({ ...entries(), 'vocabulary.json': new Uint8Array(17 * 2 ** 20) });
    expect(refused(large)).toMatchObject({
      fault: 'size',
      message: expect.stringContaining('the limit is 16777216'),
    });
  });

  it('refuses a bomb that declares less, without unpacking it', () => {
    const zip = zipSync({ ...entries(), 'vocabulary.json': new Uint8Array(15 * 2 ** 20) });
    const header = find(zip, 'PK\x03\x04', 2);
    expect(text(zip.subarray(header + 30, header + 45))).toBe('vocabulary.json');
    new DataView(zip.buffer, zip.byteOffset).setUint32(header + 22, 1000, true);
    expect(refused(zip)).toMatchObject({
      fault: 'size',
      message: expect.stringContaining('more than the 1000 bytes'),
    });
  });

  it('refuses a size of 2 GB for a file that is stored', () => {
    const zip = writeZip(good);
    const header = find(zip, 'PK\x03\x04', 1);
    const view = new DataView(zip.buffer, zip.byteOffset);
    view.setUint32(header + 18, 2 ** 31, true);
    view.setUint32(header + 22, 2 ** 31, true);
    expect(refused(zip)).toMatchObject({ name: 'ArchiveError' });
  });

  it('meets any damage with an ArchiveError, or with what was packed', () => {
    const zip = writeZip(good);
    const random = createRandom(1);
    for (let i = 0; i < 1000; i += 1) {
      const damaged = zip.slice();
      const changes = 1 + random.int(3);
      for (let j = 0; j < changes; j += 1) damaged[random.int(damaged.length)] = random.int(256);
      const result = refused(damaged);
      if (typeof result !== 'string') expect(result).toMatchObject({ name: 'ArchiveError' });
    }
  });

  it('refuses a packing method that it does not know, and a folder in place of a zip', () => {
    const zip = writeZip(good);
    const damaged = zip.slice();
    new DataView(damaged.buffer).setUint16(find(zip, 'PK\x03\x04') + 8, 12, true);
    expect(refused(damaged)).toMatchObject({ fault: 'zip' });
    expect(refused(deflateRawSync(good['model.json']))).toMatchObject({ fault: 'zip' });
  });
});
