import type { LayersModel } from '@tensorflow/tfjs';
import { element } from './element.ts';
import { showTable } from './table.ts';

/** Whether a value is a model of TensorFlow.js's layers. */
export function isModel(value: unknown): value is LayersModel {
  return (
    typeof value === 'object' &&
    value !== null &&
    'layers' in value &&
    'countParams' in value &&
    'predict' in value
  );
}

/** The layers of a model as a table, as `model.summary()` lists them. */
export function showModel(model: LayersModel): HTMLElement {
  const rows = model.layers.map((layer) => ({
    Layer: layer.name,
    Class: layer.getClassName(),
    'Output shape': `[${[layer.outputShape]
      .flat()
      .map((size) => size ?? 'batch')
      .join(', ')}]`,
    Parameters: layer.countParams(),
  }));
  const total = `Model · ${model.countParams().toLocaleString('en')} parameters`;
  return element(
    'div',
    '',
    element('p', 'nb-tensor-head', element('strong', '', total)),
    showTable(rows),
  );
}
