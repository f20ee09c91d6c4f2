import type { Commands } from './commands.ts';
import {
  joinShader,
  linkGroups,
  linkShader,
  segmentSumGroups,
  segmentSumShader,
} from './segment-sum.wgsl.ts';

/** Each position looks through so many others for the ones with its id. */
const BLOCK = 512;

/** What {@link segmentSum} adds up, and where to. */
export interface SegmentSum {
  /** int32 [positions]. Others than 0 to segments - 1 are left out. */
  readonly ids: GPUBuffer;
  /** int32 [positions]: 0 leaves a position out. */
  readonly mask?: GPUBuffer | undefined;
  /** [positions, columns] */
  readonly values: GPUBuffer;
  /** [segments, columns] */
  readonly out: GPUBuffer;
  readonly positions: number;
  readonly segments: number;
  readonly columns: number;
}

/** Records `out[ids[i]] += values[i]`, from zeros, in the order of the positions. */
export function segmentSum(commands: Commands, sum: SegmentSum): void {
  const { ids, mask, values, out, positions, segments, columns } = sum;
  const first = commands.scratch(Math.ceil(positions / BLOCK) * segments);
  const next = commands.scratch(positions);
  const head = commands.scratch(segments);
  commands.clear(first);
  commands.clear(head);
  const sizes = [positions, BLOCK, segments];
  const groups = linkGroups(positions);
  commands.dispatch(linkShader(mask !== undefined), { ids, mask, first, next }, [sizes], groups);
  commands.dispatch(joinShader, { ids, first, next, head }, [sizes], groups);
  // An embedding has more words than a batch: most of its gradient is zeros.
  const by = positions < segments ? 'position' : 'segment';
  if (by === 'position') commands.clear(out);
  commands.dispatch(
    segmentSumShader(by),
    { ids, head, next, values, total: out },
    [[segments, columns, positions]],
    segmentSumGroups(Math.min(positions, segments), columns),
  );
}
