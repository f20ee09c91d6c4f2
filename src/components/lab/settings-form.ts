import { FIELDS, LAYER_FIELDS, MAX_LAYERS } from '../../client/index.ts';
import type { Field, ModelSettings } from '../../client/index.ts';

/** Fields are called by the paths of their settings, such as `network.layers.0.units`. */
export const LAYERS = 'network.layers';

type Fields = Readonly<Record<string, Field>>;

/** What a form holds, unchecked. */
export function readForm(form: HTMLFormElement): unknown {
  const values = new FormData(form);
  const group = (prefix: string, fields: Fields): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [
        key,
        valueOf(field, values.get(`${prefix}.${key}`)),
      ]),
    );
  const layers = Array.from({ length: Number(values.get(LAYERS)) }, (_, i) =>
    group(`${LAYERS}.${i}`, LAYER_FIELDS),
  );
  return {
    text: group('text', FIELDS.text),
    network: { ...group('network', FIELDS.network), layers },
    training: group('training', FIELDS.training),
  };
}

/** Shows settings in a form. Layers that are not there keep what stands in their fields. */
export function fillForm(form: HTMLFormElement, { text, network, training }: ModelSettings): void {
  const { layers, ...rest } = network;
  const groups = { text, network: rest, training };
  for (const [group, values] of Object.entries(groups)) {
    for (const [key, value] of Object.entries(values)) put(form, `${group}.${key}`, value);
  }
  put(form, LAYERS, layers.length);
  for (const [i, layer] of layers.entries()) {
    for (const [key, value] of Object.entries(layer)) put(form, `${LAYERS}.${i}.${key}`, value);
  }
  showLayers(form, layers.length);
}

/** Shows as many layers as there are. */
export function showLayers(form: HTMLFormElement, count: number): void {
  for (let i = 0; i < MAX_LAYERS; i++) {
    form.querySelector<HTMLElement>(`[data-layer="${i}"]`)!.hidden = i >= count;
  }
}

/** Without a layer there is no last state, and behind one nothing is summed up. */
export function fitPooling(form: HTMLFormElement): void {
  const field = form.elements.namedItem('network.pooling') as HTMLSelectElement;
  const count = Number((form.elements.namedItem(LAYERS) as HTMLSelectElement).value);
  if (count === 0 && field.value === 'last') field.value = 'average';
  if (count > 0 && field.value === 'sum') field.value = 'last';
}

function valueOf(field: Field, entry: FormDataEntryValue | null): unknown {
  const text = String(entry ?? '').trim();
  if (field.kind === 'flag') return entry !== null;
  if (field.kind === 'choice' || text === '') return text;
  return Number(text.replace(',', '.'));
}

function put(form: HTMLFormElement, name: string, value: unknown): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    field.checked = value === true;
  } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
    field.value = String(value);
  }
}
