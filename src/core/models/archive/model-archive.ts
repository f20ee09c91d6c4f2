import * as tf from '@tensorflow/tfjs';
import '../../layers/index.ts';
import type { TrainedModel } from '../trained-model.ts';
import { checkAgreement, wordsWithId } from './agreement.ts';
import { ArchiveError } from './archive-error.ts';
import { withBudget } from './budget.ts';
import { crc32 } from './checksum.ts';
import { checkFileSize, FILE_NAMES } from './files.ts';
import type { ArchiveFiles, FileName } from './files.ts';
import { readManifest } from './manifest.ts';
import { ARCHIVE_VERSION, readPreprocessing } from './preprocessing-file.ts';
import { StrictJson } from './strict-json.ts';
import { guardTopology } from './topology.ts';
import { readVocabulary } from './vocabulary-file.ts';
import { writeWeights } from './weights.ts';
import type { Precision } from './weights.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The files that `preprocessing.json` vouches for. */
const VOUCHED = FILE_NAMES.filter((name) => name !== 'preprocessing.json');

/**
 * Writes a model with all that it takes to read a text. `model.json` and `weights.bin` are
 * TensorFlow.js's own format; `preprocessing.json` holds the checksums of the others, so that files
 * of two archives are never taken for one.
 *
 * @throws ArchiveError if the parts don't fit each other, a weight is not finite, or a file is too large
 */
export async function packModel(
  trained: TrainedModel,
  precision: Precision = 'float32',
): Promise<ArchiveFiles> {
  const { model, preprocessing, bigrams } = trained;
  const words = trained.words.slice(0, wordsWithId(preprocessing));
  checkAgreement({ ...trained, words });
  const { specs, bytes } = await writeWeights(model, precision);
  const parts: Partial<Record<FileName, Bytes>> = {
    'model.json': toJson({
      format: 'layers-model',
      generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
      convertedBy: null,
      modelTopology: model.toJSON(null, false),
      weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
    }),
    'weights.bin': bytes,
    'vocabulary.json': toJson({ words, ...(bigrams ? { bigrams: Array.from(bigrams) } : {}) }),
  };
  const sums = Object.fromEntries(VOUCHED.map((name) => [name, crc32(parts[name]!)]));
  parts['preprocessing.json'] = toJson({ version: ARCHIVE_VERSION, files: sums, ...preprocessing });
  const files = parts as ArchiveFiles;
  for (const name of FILE_NAMES) checkFileSize(name, files[name].length);
  return files;
}

/**
 * Reads what {@link packModel} wrote and trusts nothing in it: sizes, names and values are checked
 * before memory is asked for. The caller disposes the model.
 *
 * @throws ArchiveError
 */
export async function loadModel(files: ArchiveFiles): Promise<TrainedModel> {
  for (const name of FILE_NAMES) checkFileSize(name, files[name].length);
  const json = StrictJson.parse('preprocessing.json', files['preprocessing.json']);
  const preprocessing = readPreprocessing(json);
  checkSums(json.get('files').only(VOUCHED), files);
  const vocabulary = StrictJson.parse('vocabulary.json', files['vocabulary.json']);
  const words = readVocabulary(vocabulary, preprocessing);
  const model = await loadLayers(files);
  const trained = { model, preprocessing, ...words };
  try {
    checkAgreement(trained);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return trained;
}

function checkSums(sums: StrictJson, files: ArchiveFiles): void {
  const stray = VOUCHED.find((name) => sums.get(name).string(8) !== crc32(files[name]));
  if (stray === undefined) return;
  const message = `${stray} is damaged, or of another archive: its checksum differs.`;
  throw new ArchiveError('mismatch', message);
}

async function loadLayers(files: ArchiveFiles): Promise<tf.LayersModel> {
  const json = StrictJson.parse('model.json', files['model.json']);
  const { specs, numbers } = readManifest(json.get('weightsManifest'), files['weights.bin']);
  let model: tf.LayersModel | undefined;
  try {
    // Without weights: given both, TensorFlow.js passes over the initializers, and so over the budget.
    model = await withBudget(numbers, (initializer) => {
      const modelTopology = guardTopology(json.get('modelTopology'), initializer);
      return tf.loadLayersModel(tf.io.fromMemory({ modelTopology }));
    });
    const weights = tf.io.decodeWeights(files['weights.bin'].slice().buffer, specs);
    try {
      model.loadWeights(weights);
    } finally {
      tf.dispose(weights);
    }
    return model;
  } catch (error) {
    model?.dispose();
    if (error instanceof ArchiveError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    const message = `model.json does not make a model: ${detail.slice(0, 300)}`;
    throw new ArchiveError('topology', message, { cause: error });
  }
}

function toJson(value: unknown): Bytes {
  return new TextEncoder().encode(JSON.stringify(value));
}
