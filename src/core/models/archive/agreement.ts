import type * as tf from '@tensorflow/tfjs';
import type { Preprocessing, SequencePreprocessing } from '../preprocessing.ts';
import { resolveScheme } from '../../text/encoding-scheme.ts';
import type { TrainedModel } from '../trained-model.ts';
import { ArchiveError } from './archive-error.ts';

const mismatch = (message: string): ArchiveError => new ArchiveError('mismatch', message);

/** How many words the preprocessing can make use of; a bag of words uses all it has. */
export function usableWords(preprocessing: Preprocessing): number {
  if (preprocessing.kind === 'bag-of-words') return Infinity;
  return preprocessing.numWords - 1 - preprocessing.indexFrom;
}

/**
 * Checks that model, preprocessing and vocabulary can work together.
 *
 * @throws ArchiveError of fault `mismatch` that names the two figures that differ
 */
export function checkAgreement({ model, preprocessing, words, factors }: TrainedModel): void {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw mismatch('The model must have one input and one output.');
  }
  const output = model.outputs[0]!.shape;
  if (output.length !== 2 || output[1] !== 1) {
    throw mismatch(`The model must give one logit a review, not the shape ${show(output)}.`);
  }
  const { activation } = model.outputs[0]!.sourceLayer.getConfig();
  if (activation !== 'linear') {
    throw mismatch(`The model must end in logits, not in ${JSON.stringify(activation)}.`);
  }
  const input = model.inputs[0]!.shape;
  if (preprocessing.kind === 'sequence') checkSequence(model, preprocessing, input, words.length);
  else checkWidth(input, words.length, 'terms');
  const weighted = preprocessing.kind === 'bag-of-words' && preprocessing.weighted;
  if (weighted && factors?.length !== words.length) {
    throw mismatch(`${words.length} terms have ${factors?.length ?? 0} factors.`);
  }
}

function checkSequence(
  model: tf.LayersModel,
  preprocessing: SequencePreprocessing,
  input: tf.Shape,
  words: number,
): void {
  const { numWords, maxlen, masked } = preprocessing;
  try {
    resolveScheme(preprocessing);
  } catch (error) {
    throw new ArchiveError('content', `preprocessing.json: ${(error as Error).message}.`);
  }
  if (words > usableWords(preprocessing)) {
    throw mismatch(
      `The vocabulary has ${words} words; num_words of ${numWords} has no ids for them.`,
    );
  }
  if (input[1] !== null) checkWidth(input, maxlen, 'timesteps');
  const embedding = model.layers.find((layer) => layer.getClassName() === 'Embedding');
  if (!embedding) throw mismatch('A model of sequences must begin with an Embedding.');
  const { inputDim, maskZero } = embedding.getConfig();
  if ((inputDim as number) < numWords) {
    throw mismatch(`The Embedding holds ${inputDim} ids; num_words is ${numWords}.`);
  }
  if (Boolean(maskZero) !== masked || (masked && preprocessing.padId !== 0)) {
    throw mismatch('Embedding and preprocessing differ on whether padding is masked.');
  }
}

function checkWidth(input: tf.Shape, width: number, what: string): void {
  if (input.length === 2 && input[1] === width) return;
  throw mismatch(`The model takes the shape ${show(input)}, not [batch, ${width} ${what}].`);
}

const show = (shape: tf.Shape): string => `[${shape.map((size) => size ?? 'batch').join(', ')}]`;
