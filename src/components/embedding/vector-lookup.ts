import { define, LiveElement } from '../live-element.ts';
import { describeLookup, number, timesTable } from './lookup-text.ts';

/** Multiplies the one-hot vector of a word with the table. */
class VectorLookup extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const rows = JSON.parse(this.dataset['rows']!) as {
      readonly word: string;
      readonly values: readonly number[];
    }[];
    const pick = this.child<HTMLInputElement>('pick');
    pick.disabled = false;
    const show = (): void => {
      const picked = pick.valueAsNumber;
      const oneHot = rows.map((_, row) => Number(row === picked));
      this.child('rows')
        .querySelectorAll('tr')
        .forEach((row, i) => {
          row.classList.toggle('picked', i === picked);
          row.querySelector('[data-hot]')!.textContent = String(oneHot[i]);
        });
      const product = timesTable(oneHot, rows);
      this.child('sum')
        .querySelectorAll('td')
        .forEach((cell, column) => (cell.textContent = number(product[column]!)));
      this.child('said').textContent = describeLookup(rows, picked);
      const text = `“${rows[picked]!.word}”`;
      this.child('pick-text').textContent = text;
      pick.ariaValueText = text;
    };
    pick.addEventListener('input', show, { signal });
    show();
  }
}

define('vector-lookup', VectorLookup);
