import type { PlotSpec } from '../../components/plots/kinds.ts';
import type { JudgedData } from '../../plots/classifier/judged.ts';
import { judged, words } from '../data.ts';

const nothingJudged: JudgedData = { probabilities: [], labels: [] };
const fewJudged: JudgedData = {
  probabilities: judged.probabilities.slice(0, 12),
  labels: judged.labels.slice(0, 12),
};

const probabilitiesOf = (label: number): number[] =>
  judged.probabilities.filter((_, i) => judged.labels[i] === label);

function confusion({ probabilities, labels }: JudgedData): number[][] {
  const counts = [
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]!]![Number(probabilities[i]! >= 0.5)]! += 1;
  }
  return counts;
}

const classes = ['negative', 'positive'];

export const distribution = {
  verdicts: {
    kind: 'distribution',
    data: [
      { name: 'negative', values: probabilitiesOf(0), color: 'var(--negative)' },
      { name: 'positive', values: probabilitiesOf(1), color: 'var(--positive)' },
    ],
    options: {
      title: 'Probabilities that the LSTM gives to reviews of both classes',
      x: { label: 'probability of a positive review' },
      domain: [0, 1],
      bins: 20,
    },
  },
  empty: {
    kind: 'distribution',
    data: [{ name: 'values', values: [] }],
    options: { title: 'No values yet', x: { label: 'value' } },
  },
} satisfies Record<string, PlotSpec>;

export const scatter = {
  words: {
    kind: 'scatter',
    data: words,
    options: {
      title: 'Words of the LSTM’s embedding on their first two principal components',
      valueName: 'logit beside the mean',
    },
  },
  small: {
    kind: 'scatter',
    data: words.slice(0, 8),
    options: { title: 'The eight strongest words', valueName: 'logit beside the mean' },
  },
  empty: { kind: 'scatter', data: [], options: { title: 'No words yet' } },
} satisfies Record<string, PlotSpec>;

export const confusionMatrix = {
  verdicts: {
    kind: 'confusion',
    data: { classes, counts: confusion(judged) },
    options: { title: 'Verdicts on the test reviews of the starter shard' },
  },
  empty: {
    kind: 'confusion',
    data: { classes, counts: confusion(nothingJudged) },
    options: { title: 'Before the first verdict' },
  },
} satisfies Record<string, PlotSpec>;

export const roc = {
  verdicts: { kind: 'roc', data: judged, options: { title: 'ROC curve of the LSTM' } },
  small: { kind: 'roc', data: fewJudged, options: { title: 'ROC curve of twelve reviews' } },
  empty: { kind: 'roc', data: nothingJudged, options: { title: 'ROC curve of no reviews' } },
} satisfies Record<string, PlotSpec>;

export const reliability = {
  verdicts: {
    kind: 'reliability',
    data: judged,
    options: { title: 'Reliability of the LSTM' },
  },
  small: {
    kind: 'reliability',
    data: fewJudged,
    options: { title: 'Reliability on twelve reviews' },
  },
  empty: {
    kind: 'reliability',
    data: nothingJudged,
    options: { title: 'Reliability on no reviews' },
  },
} satisfies Record<string, PlotSpec>;
