import { Inspection } from './inspection.ts';

const shared = new Map<string, Inspection>();

/** The inspection of a name, made when it is first asked for. */
export function sharedInspection(name: string): Inspection {
  const inspection = shared.get(name) ?? new Inspection();
  shared.set(name, inspection);
  return inspection;
}
