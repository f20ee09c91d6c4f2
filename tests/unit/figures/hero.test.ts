import { expect, test } from 'vitest';
import { unpackStates } from '../../../src/components/landing/reading.ts';
import { textReader } from '../../../src/core/inspect/text-reader.ts';
import { padSequences } from '../../../src/core/text/pad-sequences.ts';
import { hero, READERS, ROWS } from '../../../src/figures/hero.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { PlainWeights } from '../../../src/figures/read-step-by-step.ts';
import { openShipped } from '../../../src/figures/shipped-model.ts';

test('the landing page shows the states that the shipped weights give, computed another way', async () => {
  const dataset = await openStarter();
  const shipped = await openShipped(READERS);
  if (!shipped || !hero) {
    expect(hero, 'without such a network there is no figure').toBeUndefined();
    return;
  }
  const { trained } = shipped;
  const { maxlen, padding, masked } = trained.preprocessing;
  const plain = new PlainWeights(trained.model);
  const read = textReader(trained);
  const dense = trained.model.layers.at(-1)!.getWeights()[0]!.dataSync<'float32'>();
  const order = Array.from(dense.keys()).sort((a, b) => dense[b]! - dense[a]!);
  expect(hero.readings.map(({ row }) => row)).toEqual(ROWS.map(({ row }) => row));

  for (const { row, words, units, states, most, probabilities, ...rest } of hero.readings) {
    const text = await dataset.text(dataset.positionOf(row)!);
    const { ids } = read(text);
    expect(ids.length, 'the start, then the words').toBe(words.length + 1);
    const steps = masked ? ids : padSequences([ids], { maxlen, padding }).ids;
    const { h, logits } = plain.read(steps);
    const from = steps.length - words.length;
    const shown = unpackStates({ words, units, states, most, probabilities });
    let largest = 0;
    for (let t = 0; t < words.length; t++) {
      const probability = 1 / (1 + Math.exp(-logits[from + t]!));
      expect(probabilities[t], `row ${row}, word ${t}`).toBeCloseTo(probability, 2);
      for (let unit = 0; unit < units; unit++) {
        largest = Math.max(largest, Math.abs(h[(from + t) * units + unit]!));
      }
    }
    expect(most / largest).toBeCloseTo(1, 1);
    for (let t = 0; t < words.length; t++) {
      for (const [place, unit] of order.entries()) {
        const value = h[(from + t) * units + unit]! / largest;
        expect(Math.abs(shown[t * units + place]! - value), `row ${row}`).toBeLessThan(0.01);
      }
    }
    const { labels, rows } = dataset.table('test');
    expect(rest.label).toBe(labels[rows.indexOf(row)]);
  }
});
