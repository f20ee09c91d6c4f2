import { openDialog } from '../dialog.ts';
import { define, LiveElement } from '../live-element.ts';

/** Opens the panel; what fills it loads then. */
class DevicePanel extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const open = this.child<HTMLButtonElement>('open');
    open.disabled = false;
    open.addEventListener(
      'click',
      () => {
        openDialog(this.child<HTMLDialogElement>('dialog'));
        void import('../lab/lab-engines.ts');
      },
      { signal },
    );
  }
}

define('device-panel', DevicePanel);
