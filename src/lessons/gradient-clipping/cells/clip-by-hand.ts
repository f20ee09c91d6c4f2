const gradient = [0.3, -4, 0.1, 2];
const limit = 1;

const length = (v: number[]) => Math.hypot(...v);
const degrees = (a: number[], b: number[]) => {
  const dot = d3.sum(a, (value, i) => value * b[i]!);
  return (Math.acos(dot / (length(a) * length(b))) * 180) / Math.PI;
};

const byValue = gradient.map((g) => Math.max(-limit, Math.min(limit, g)));
const byNorm = gradient.map((g) => g * Math.min(1, limit / length(gradient)));

display({ byValue, bentBy: degrees(gradient, byValue) });
display({ byNorm, bentBy: degrees(gradient, byNorm) });
