import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Allocator } from '../../../src/core/kernels/simd/allocator.ts';
import { OutOfMemoryError } from '../../../src/core/kernels/spec/backend-failure.ts';
import { Heap } from '../../../src/core/kernels/simd/heap.ts';

describe('Allocator', () => {
  it('never hands out the same byte twice, and merges what is freed', () => {
    const steps = fc.array(fc.record({ bytes: fc.nat(5000), release: fc.nat() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (actions) => {
        let end = 1024;
        const allocator = new Allocator(64, end, (bytes) => {
          const grown = Math.ceil(bytes / 4096) * 4096;
          end += grown;
          return grown;
        });
        const live: { start: number; bytes: number }[] = [];
        for (const { bytes, release } of actions) {
          if (release % 3 === 0 && live.length > 0) {
            allocator.free(live.splice(release % live.length, 1)[0]!.start);
            continue;
          }
          const start = allocator.allocate(bytes);
          expect(start % 64, `address ${start} is not aligned`).toBe(0);
          expect(start + bytes).toBeLessThanOrEqual(end);
          for (const other of live) {
            const apart = start + bytes <= other.start || other.start + other.bytes <= start;
            expect(apart, `${start} + ${bytes} meets ${other.start} + ${other.bytes}`).toBe(true);
          }
          live.push({ start, bytes });
        }
        for (const { start } of live) allocator.free(start);
        expect(allocator.used).toBe(0);
        const before = end;
        // One block again: all of the range fits without growing.
        allocator.allocate(Math.floor((end - 64) / 64) * 64);
        expect(end).toBe(before);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('refuses to free what it did not hand out', () => {
    const allocator = new Allocator(0, 1024, () => 0);
    const address = allocator.allocate(10);
    allocator.free(address);
    expect(() => allocator.free(address)).toThrow(RangeError);
  });
});

describe('Heap', () => {
  it('grows up to its limit, then says what it holds and what it needs', () => {
    const heap = new Heap({ initial: 2 ** 17, maximum: 2 ** 20 });
    const first = heap.allocate(2 ** 19);
    heap.floats(first, 4).set([1, 2, 3, 4]);
    expect(() => heap.allocate(2 ** 20)).toThrow(OutOfMemoryError);
    expect(() => heap.allocate(2 ** 20)).toThrow(/holds 1 MiB and needs 1 MiB more.*1 MiB in all/);
    expect([...heap.floats(first, 4)]).toEqual([1, 2, 3, 4]);
    heap.free(first);
    expect(heap.used).toBe(0);
    expect(heap.allocate(2 ** 19)).toBe(first);
  });

  it('gives back what it lent, even when the borrower fails', () => {
    const heap = new Heap({ initial: 2 ** 17, maximum: 2 ** 18 });
    const fail = () =>
      heap.borrow(100, () => {
        throw new Error('borrower');
      });
    expect(fail).toThrow('borrower');
    expect(heap.used).toBe(0);
  });
});
