// @ts-check
// Applies the reader's theme before the page paints. A classic script on purpose: modules run too late.
try {
  const theme = localStorage.getItem('unrolled:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be refused; the system's theme stays.
}
