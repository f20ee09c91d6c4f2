/** Name of the event by which a run of this page asks for one of its moments to be shown. */
export const RUN_MOMENT = 'run-moment';
