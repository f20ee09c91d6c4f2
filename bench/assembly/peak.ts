// What the processor's vector unit can do at most: multiply-adds that need nothing from memory, in
// twelve chains, so that none waits for another.

/** A round is twelve multiply-adds of four numbers: 96 floating-point operations. */
export function multiplyAdd(rounds: i32, a: f32, b: f32): f32 {
  const x = f32x4.splat(a);
  const y = f32x4.splat(b);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(1);
  let s2 = f32x4.splat(2);
  let s3 = f32x4.splat(3);
  let s4 = f32x4.splat(4);
  let s5 = f32x4.splat(5);
  let s6 = f32x4.splat(6);
  let s7 = f32x4.splat(7);
  let s8 = f32x4.splat(8);
  let s9 = f32x4.splat(9);
  let s10 = f32x4.splat(10);
  let s11 = f32x4.splat(11);
  for (let i = 0; i < rounds; i++) {
    s0 = f32x4.relaxed_madd(x, y, s0);
    s1 = f32x4.relaxed_madd(x, y, s1);
    s2 = f32x4.relaxed_madd(x, y, s2);
    s3 = f32x4.relaxed_madd(x, y, s3);
    s4 = f32x4.relaxed_madd(x, y, s4);
    s5 = f32x4.relaxed_madd(x, y, s5);
    s6 = f32x4.relaxed_madd(x, y, s6);
    s7 = f32x4.relaxed_madd(x, y, s7);
    s8 = f32x4.relaxed_madd(x, y, s8);
    s9 = f32x4.relaxed_madd(x, y, s9);
    s10 = f32x4.relaxed_madd(x, y, s10);
    s11 = f32x4.relaxed_madd(x, y, s11);
  }
  s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  s4 = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  s8 = f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11));
  return f32x4.extract_lane(f32x4.add(s0, f32x4.add(s4, s8)), 0);
}
