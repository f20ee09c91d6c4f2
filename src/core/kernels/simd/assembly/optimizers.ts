import { add, div, fma, LANES, mul, splat, sqrt, sub, V } from './lanes';
import { at, put } from './vector';

/**
 * One step of Adam (Kingma & Ba 2015) as Keras writes it:
 * m += (1 − β₁)(g − m), v += (1 − β₂)(g² − v), p −= α · m / (√v + ε).
 *
 * @param alpha the learning rate with both bias corrections: η √(1 − β₂ᵗ) / (1 − β₁ᵗ)
 * @param rate1,rate2 1 − β₁ and 1 − β₂
 */
export function adamStep(
  size: i32,
  parameter: usize,
  firstMoment: usize,
  secondMoment: usize,
  gradient: usize,
  alpha: f32,
  rate1: f32,
  rate2: f32,
  epsilon: f32,
): void {
  const step = splat(-alpha), r1 = splat(rate1), r2 = splat(rate2), e = splat(epsilon);
  for (let i = 0; i < size; i += LANES) {
    const left = size - i;
    const g = load<V>(at(gradient, i));
    let m = load<V>(at(firstMoment, i)), v = load<V>(at(secondMoment, i));
    m = fma(r1, sub(g, m), m);
    v = fma(r2, sub(mul(g, g), v), v);
    put(at(firstMoment, i), m, left);
    put(at(secondMoment, i), v, left);
    const change = div(mul(step, m), add(sqrt(v), e));
    put(at(parameter, i), add(load<V>(at(parameter, i)), change), left);
  }
}

/**
 * One step of RMSprop (Hinton 2012) as Keras writes it: v = ρ v + (1 − ρ) g², p −= η g / √(v + ε).
 *
 * @param rate 1 − ρ
 */
export function rmsPropStep(
  size: i32,
  parameter: usize,
  meanSquare: usize,
  gradient: usize,
  learningRate: f32,
  rate: f32,
  epsilon: f32,
): void {
  const step = splat(-learningRate), r = splat(rate), e = splat(epsilon);
  for (let i = 0; i < size; i += LANES) {
    const left = size - i;
    const g = load<V>(at(gradient, i));
    let v = load<V>(at(meanSquare, i));
    v = fma(r, sub(mul(g, g), v), v);
    put(at(meanSquare, i), v, left);
    const change = div(mul(step, g), sqrt(add(v, e)));
    put(at(parameter, i), add(load<V>(at(parameter, i)), change), left);
  }
}
