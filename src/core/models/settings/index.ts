/** Settings of a model and its training: values that the page loads too, without tensors. */
export { checkModel, SettingsError } from './check.ts';
export { DEFAULT_LAYER, DEFAULT_MODEL } from './defaults.ts';
export { FIELDS, LAYER_FIELDS, MAX_LAYERS } from './fields.ts';
export type { Field } from './fields.ts';
export { modelFromQuery, modelToQuery } from './query.ts';
export * from './types.ts';
