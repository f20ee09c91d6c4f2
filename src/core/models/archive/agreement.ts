import type * as tf from '@tensorflow/tfjs';
import { checkBigrams } from '../../text/bigrams.ts';
import { resolveScheme } from '../../text/encoding-scheme.ts';
import type { Preprocessing } from '../preprocessing.ts';
import type { TrainedModel } from '../trained-model.ts';
import { ArchiveError } from './archive-error.ts';

const mismatch = (message: string): ArchiveError => new ArchiveError('mismatch', message);

/** How many words have an id. */
export function wordsWithId({ numWords, indexFrom }: Preprocessing): number {
  return numWords - 1 - indexFrom;
}

/**
 * Checks that model, preprocessing and vocabulary can work together.
 *
 * @throws ArchiveError of fault `mismatch` that names the two figures that differ
 */
export function checkAgreement({ model, preprocessing, words, bigrams }: TrainedModel): void {
  checkWords(preprocessing, words.length, bigrams);
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw mismatch('The model must have one input and one output.');
  }
  checkInput(model.inputs[0]!.shape, preprocessing.maxlen);
  const output = model.outputs[0]!;
  if (output.shape.length !== 2 || output.shape[1] !== 1) {
    throw mismatch(`The model must give one logit a review, not the shape ${show(output.shape)}.`);
  }
  const { activation } = output.sourceLayer.getConfig();
  if (activation !== 'linear') {
    throw mismatch(`The model must end in logits, not in ${JSON.stringify(activation)}.`);
  }
  checkEmbedding(model, preprocessing);
}

function checkWords(preprocessing: Preprocessing, words: number, pairs?: Uint32Array): void {
  const { numWords, bigrams } = preprocessing;
  try {
    resolveScheme(preprocessing);
    if (pairs) checkBigrams(pairs, numWords);
  } catch (error) {
    throw new ArchiveError(
      'content',
      `The ids contradict each other: ${(error as Error).message}.`,
    );
  }
  if (words > wordsWithId(preprocessing)) {
    throw mismatch(
      `The vocabulary has ${words} words; num_words of ${numWords} has no ids for them.`,
    );
  }
  const found = (pairs?.length ?? 0) / 2;
  if (found !== bigrams) {
    throw mismatch(`The vocabulary has ${found} pairs of words, the preprocessing ${bigrams}.`);
  }
}

function checkEmbedding(model: tf.LayersModel, preprocessing: Preprocessing): void {
  const { numWords, bigrams, masked, padId } = preprocessing;
  const embedding = model.layers.find((layer) => layer.getClassName() === 'Embedding');
  if (!embedding) throw mismatch('The model must begin with an Embedding.');
  const { inputDim, maskZero } = embedding.getConfig();
  if ((inputDim as number) < numWords + bigrams) {
    throw mismatch(`The Embedding holds ${inputDim} ids, not ${numWords + bigrams}.`);
  }
  if (Boolean(maskZero) !== masked || (masked && padId !== 0)) {
    throw mismatch('Embedding and preprocessing differ on whether padding is masked.');
  }
}

function checkInput(input: tf.Shape, maxlen: number): void {
  if (input.length === 2 && (input[1] === null || input[1] === maxlen)) return;
  throw mismatch(`The model takes the shape ${show(input)}, not [batch, ${maxlen} timesteps].`);
}

const show = (shape: tf.Shape): string => `[${shape.map((size) => size ?? 'any').join(', ')}]`;
