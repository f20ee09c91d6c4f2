/**
 * Names the parts of Observable's charts and controls for screen readers: marks carry a label but no
 * role that may have one, and of a slider's two fields only one is labelled.
 */
export function nameParts(node: Node): Node {
  if (!(node instanceof Element)) return node;
  for (const mark of node.querySelectorAll('g[aria-label]:not([role])')) {
    mark.setAttribute('role', 'group');
  }
  for (const field of node.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
    const label = field.closest('form')?.querySelector('label')?.textContent;
    if (field.labels?.length === 0 && !field.ariaLabel && label) field.ariaLabel = label;
  }
  return node;
}
