/** Shows a modal dialog, which a click beside it and its part `close` close. Escape does anyway. */
export function openDialog(dialog: HTMLDialogElement): void {
  if (dialog.open) return;
  const closed = new AbortController();
  const { signal } = closed;
  dialog.addEventListener(
    'click',
    ({ target }) => {
      const close = target instanceof Element && target.closest('[data-part="close"]');
      if (target === dialog || close) dialog.close();
    },
    { signal },
  );
  dialog.addEventListener('close', () => closed.abort(), { signal });
  dialog.showModal();
}
