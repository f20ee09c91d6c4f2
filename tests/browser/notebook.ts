import type { Locator, Page } from '@playwright/test';
import { expect } from './site.ts';

export const LESSON = 'lessons/read-the-data/';

/** A cell of the lesson on the page. */
export const cellOf = (page: Page, name: string): Locator =>
  page.locator(`notebook-cell[data-name="${name}"]`);

export const outputOf = (page: Page, name: string): Locator =>
  cellOf(page, name).locator('[data-part="output"]');

/** Replaces a cell's code by typing over it. */
export async function setCode(page: Page, name: string, code: string): Promise<void> {
  const cell = cellOf(page, name);
  await cell.locator('[data-part="code"]').click();
  await expect(cell.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

/** What the cell's code is, as the page shows it. */
export const codeOf = (page: Page, name: string): Promise<string> =>
  cellOf(page, name).locator('pre:visible, .cm-content:visible').first().innerText();

export async function expectCode(page: Page, name: string, code: string): Promise<void> {
  await expect.poll(() => codeOf(page, name), `code of ${name}`).toBe(code);
}

export const run = (page: Page, name: string): Promise<void> =>
  cellOf(page, name).getByRole('button', { name: 'Run', exact: true }).click();

export async function expectState(
  page: Page,
  name: string,
  state: 'new' | 'running' | 'done' | 'failed' | 'stopped' | 'stale',
): Promise<void> {
  await expect(cellOf(page, name), `state of ${name}`).toHaveAttribute('data-state', state);
}
