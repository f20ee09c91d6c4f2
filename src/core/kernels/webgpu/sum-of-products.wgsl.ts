/** A sum in four parts that don't wait for each other. */
export function sumOfProducts(terms: number, term: (k: number) => string): string {
  const parts = [0, 1, 2, 3].map((part) =>
    Array.from({ length: Math.ceil((terms - part) / 4) }, (_, i) => term(4 * i + part)).join(' + '),
  );
  return parts
    .filter((part) => part !== '')
    .map((part) => `(${part})`)
    .join('\n  + ');
}
