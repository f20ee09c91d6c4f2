/** A row of a table: a heading and its cells. */
export function tableRow(head: string, cells: readonly (string | Node)[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const heading = document.createElement('th');
  heading.scope = 'row';
  heading.textContent = head;
  row.append(heading);
  for (const cell of cells) row.insertCell().append(cell);
  return row;
}

/** A button that does one thing. */
export function newButton(label: string, act: () => void, name = label): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button small';
  button.textContent = label;
  if (name !== label) button.setAttribute('aria-label', name);
  button.addEventListener('click', act);
  return button;
}
