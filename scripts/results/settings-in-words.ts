import type { ModelSettings, RecurrentSettings } from '../../src/core/models/settings/index.ts';
import { whole } from './format.ts';

/** What settings decide, in three sentences. */
export function settingsInWords({ text, network, training }: ModelSettings): string {
  return [textInWords(text), networkInWords(network), trainingInWords(training)].join(' ');
}

/** The layers alone, in a few words. */
export function layersInWords({ layers, pooling, embeddingDim }: ModelSettings['network']): string {
  const cells = layers.map(cellInWords);
  const pool = { last: [], max: ['maximum'], average: ['mean'], sum: ['sum'] }[pooling];
  return [`Embedding ${embeddingDim}`, ...cells, ...pool, 'Dense 1'].join(' → ');
}

function cellInWords({ cell, units, direction }: RecurrentSettings): string {
  return direction === 'both' ? `${cell} 2 × ${units}` : `${cell} ${units}`;
}

function textInWords({
  numWords,
  bigrams,
  distinct,
  maxlen,
  padding,
  truncating,
}: ModelSettings['text']): string {
  const words = [
    `${whole(numWords)} words`,
    bigrams > 0 ? `the ${whole(bigrams)} commonest word pairs` : '',
    `${distinct ? 'each once a review, ' : ''}at most ${whole(maxlen)} of them`,
  ];
  const side = { pre: 'in front', post: 'behind' };
  return `${listed(words)}, padded ${side[padding]} and cut ${side[truncating]}.`;
}

function networkInWords(network: ModelSettings['network']): string {
  const { maskZero, embedding, dropout, layers } = network;
  const inner = layers.flatMap((layer, i) => [
    layer.activation === 'tanh' ? '' : `${layer.activation} in layer ${i + 1}`,
    layer.dropout > 0 ? `dropout ${layer.dropout} of layer ${i + 1}’s input` : '',
    layer.recurrentDropout > 0 ? `recurrent dropout ${layer.recurrentDropout}` : '',
  ]);
  const traits = [
    maskZero ? 'padding masked' : 'padding not masked',
    embedding === 'naiveBayes' ? 'embedding from naive Bayes' : '',
    ...inner,
    dropout > 0 ? `dropout ${dropout} before the verdict` : '',
  ];
  return `${layersInWords(network)}: ${listed(traits)}.`;
}

const OPTIMIZERS = { adam: 'Adam', rmsprop: 'RMSprop', sgd: 'SGD' } as const;

function trainingInWords(training: ModelSettings['training']): string {
  const { optimizer, learningRate, decay, momentum, l2, l2Embedding } = training;
  const { wordDropout, averaging, batchSize, bucketed, epochs, patience } = training;
  const traits = [
    `${OPTIMIZERS[optimizer]} ${learningRate}`,
    momentum > 0 ? `momentum ${momentum}` : '',
    decay < 1 ? `× ${decay} after each epoch` : '',
    clippingInWords(training),
    l2Embedding > 0 ? `L2 ${l2Embedding} of the embedding` : '',
    l2 > 0 ? `L2 ${l2} of the other matrices` : '',
    wordDropout > 0 ? `word dropout ${wordDropout}` : '',
    averaging > 0 ? `weights averaged with ${averaging}` : '',
    `batches of ${batchSize}${bucketed ? ' of like length' : ''}`,
  ];
  const end =
    patience > 0
      ? `up to ${epochs} epochs, ended after ${patience} without a better validation accuracy`
      : `${epochs} epochs`;
  return `${listed([...traits, end])}.`;
}

function clippingInWords({ clipping, clip }: ModelSettings['training']): string {
  switch (clipping) {
    case 'none':
      return '';
    case 'clipnorm':
      return `each variable’s gradient clipped to a norm of ${clip}`;
    case 'clipvalue':
      return `gradients clipped to ±${clip}`;
    case 'global_clipnorm':
      return `gradients clipped to a norm of ${clip} together`;
  }
}

const listed = (parts: readonly string[]): string => parts.filter(Boolean).join(', ');
