import { packLook } from '../../../components/inspect/first-look.ts';
import { firstLook } from '../../../lessons/look-inside/data.ts';

/** What the figures of the lesson show on arrival: they fetch it when the reader comes near. */
export const GET = (): Response =>
  new Response(packLook(firstLook), { headers: { 'content-type': 'application/json' } });
